"""What the API answers: one file per resource, camelCase, null members left out."""

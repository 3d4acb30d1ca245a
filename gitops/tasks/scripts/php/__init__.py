"""Task types of the group `php`."""

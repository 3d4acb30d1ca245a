# A file that a flow reads.

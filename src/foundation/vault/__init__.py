"""Files that people attach: their type told by their content, looked through for viruses, kept by their hash."""

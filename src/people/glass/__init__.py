"""Breaking the glass: one record out of reach opened for an hour, told at once, and reviewed by a second person."""

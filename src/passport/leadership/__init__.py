"""Leadership: the five stages, what somebody shows at each, and what others judge of it."""

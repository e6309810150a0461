"""What may anybody at all see of the audit? The signed heads that stand for it, and no line of it."""

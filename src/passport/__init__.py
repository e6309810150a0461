"""Evidence of learning and development, and the policy it is judged by."""

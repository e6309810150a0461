"""Providers of training, what they are licensed to deliver, and what they delivered after a licence had ended."""

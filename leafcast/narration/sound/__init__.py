"""Clips → passages → files: joined, levelled, limited, encoded, measured."""

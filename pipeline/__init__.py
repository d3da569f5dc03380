"""hetong (合同): scanned Chinese contracts in, validated and cross-checked records out."""

__version__ = "0.1.0"

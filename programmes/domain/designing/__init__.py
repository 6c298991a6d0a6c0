"""The worksheet designer: a coordinator changes a worksheet as a draft, sees what follows, and publishes the next version.

A draft is the worksheet's definition as plain data (``WorksheetDraft``); every verb changes it by one step under a lock
and keeps the step before, so that it can be taken back. What is published is immutable (``publishing.py``).
"""

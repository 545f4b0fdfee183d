"""Scrapy item pipelines: normalize, dedupe, store."""

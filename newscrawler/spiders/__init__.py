"""The spiders: `NewsSpider` crawls any site, one class per site names it."""

"""Line managers of those who take part: without accounts, by links, and without a word of what a pair writes."""

"""Who fits whom, why, and the best assignment under capacity. The coordinator decides; nothing here makes a pair."""

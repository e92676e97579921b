-- Its joins are of thousands with thousands, by equality; the planner, which cannot know how many rows
-- the steps before leave, would sometimes go through one for each row of the other.
SET LOCAL enable_nestloop = off;

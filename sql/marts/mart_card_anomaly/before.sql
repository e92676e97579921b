-- Its joins are of thousands with thousands, by equality; the planner, which cannot know how many rows
-- the steps before leave, would sometimes go through one for each row of the other, or sort both.
SET LOCAL enable_nestloop = off;
SET LOCAL enable_mergejoin = off;

-- Why: a store that stays open an hour or two longer for an evening is nothing out of the ordinary, and a sale two hours
-- from any usual one told mostly of such evenings. Whoever has set a value of their own keeps it.
UPDATE ops.anomaly_setting
SET value = 3
WHERE rule = 'outside_hours' AND name = 'hours_away' AND value = 2;

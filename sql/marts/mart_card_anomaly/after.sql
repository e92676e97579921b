-- What was once seen stays seen, also where the sale fits after a correction.
INSERT INTO ops.anomaly_seen (account_id, sale_id, rule, first_run_id)
SELECT
    account_id,
    sale_id,
    rule,
    CAST(:run_id AS TEXT) AS first_run_id
FROM mart.mart_card_anomaly
WHERE sale_date = :business_date
ON CONFLICT DO NOTHING;

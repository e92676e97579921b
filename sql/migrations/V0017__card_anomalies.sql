-- Why: what each store usually takes by card, and which sales do not fit: four marts over the sales, the
-- rules with their settings, what was seen and what people decided, and a role for the search that
-- shows it.
INSERT INTO ops.mart (mart, dataset)
VALUES
('mart_store_daily_spend', 'card-sales'),
('mart_store_weekly_spend', 'card-sales'),
('mart_store_hourly_spend', 'card-sales'),
('mart_store_hour_profile', 'card-sales'),
('mart_card_anomaly', 'card-sales');
INSERT INTO ops.mart_reads (mart, dataset)
VALUES
('mart_store_daily_spend', 'card-sales'),
('mart_store_weekly_spend', 'card-sales'),
('mart_store_hourly_spend', 'card-sales'),
('mart_store_hour_profile', 'card-sales'),
('mart_card_anomaly', 'card-sales');

-- What a payment is, once: all marts of card sales read this view.
CREATE VIEW raw.v_counted_card_sale AS
SELECT
    account.tenant_id,
    sale.account_id,
    sale.sale_id,
    sale.store_id,
    sale.sold_at,
    sale.sale_date,
    CAST(DATE_PART('hour', sale.sold_at AT TIME ZONE 'Asia/Seoul') AS INTEGER) AS hour_of_day,
    sale.amount_sale,
    sale.card_key,
    sale.is_canceled,
    NOT sale.is_canceled AND sale.amount_sale >= 0 AS is_payment,
    NOT sale.is_canceled AND sale.amount_sale < 0 AS is_refund
FROM raw.card_sale AS sale
INNER JOIN ops.account AS account ON sale.account_id = account.account_id
WHERE sale.vanished_at IS NULL;
COMMENT ON VIEW raw.v_counted_card_sale IS
'The card sales that count, all but those that vanished from the source: each is a payment, a cancelled one, or a refund.';

CREATE TABLE ops.anomaly_rule (
    rule TEXT PRIMARY KEY,
    name_ko TEXT NOT NULL,
    finds TEXT NOT NULL,
    score TEXT NOT NULL,
    expected TEXT NOT NULL
);
COMMENT ON TABLE ops.anomaly_rule IS
'The rules by which a card sale does not fit; what they are by is in mart.mart_card_anomaly''s query.';
COMMENT ON COLUMN ops.anomaly_rule.rule IS 'Its name.';
COMMENT ON COLUMN ops.anomaly_rule.name_ko IS 'What people call it.';
COMMENT ON COLUMN ops.anomaly_rule.finds IS 'Which sales break it.';
COMMENT ON COLUMN ops.anomaly_rule.score IS 'What its score measures.';
COMMENT ON COLUMN ops.anomaly_rule.expected IS 'What its expected is.';
INSERT INTO ops.anomaly_rule (rule, name_ko, finds, score, expected)
VALUES
(
    'over_twice_week',
    '주간 객단가 2배 초과',
    'A sale of more than twice the unit price of the store''s seven days before.',
    'The amount, in unit prices of the week.',
    'The unit price of the week.'
),
(
    'same_card_same_amount',
    '같은 카드 같은 금액 반복',
    'A card that pays one amount at one store for the third time or more in a row on a day.',
    'The how manieth payment in a row it is.',
    'The most payments in a row that are none.'
),
(
    'store_hour_outlier',
    '시간대 이상 금액',
    'An amount far above what the store usually takes at that hour of day.',
    'Modified z-score of the amount''s logarithm: its distance from the median, in spreads.',
    'The median amount of the store and hour.'
),
(
    'card_burst',
    '짧은 시간 여러 매장 결제',
    'Approvals on one card within minutes, at several stores.',
    'Approvals of the burst.',
    'The most approvals that are none.'
),
(
    'cancellation_share',
    '취소 비율 급증',
    'Cancelled sales of a store on a day with far more of them than it usually has.',
    'Signed root of the binomial deviance, about a z-score, of the store''s day.',
    'Cancellations the store would usually have among that many sales.'
),
(
    'outside_hours',
    '평소 영업시간 외 결제',
    'A sale hours away from any at which the store usually sells.',
    'Hours to the nearest usual one, around the clock.',
    'The nearest usual hour of day.'
);

CREATE TABLE ops.anomaly_setting (
    rule TEXT NOT NULL REFERENCES ops.anomaly_rule (rule),
    name TEXT NOT NULL,
    value NUMERIC NOT NULL CHECK (value >= 0),
    meaning TEXT NOT NULL,
    PRIMARY KEY (rule, name)
);
COMMENT ON TABLE ops.anomaly_setting IS
'The settings of the rules. A changed one counts from the next build of a day on.';
COMMENT ON COLUMN ops.anomaly_setting.rule IS 'Whose it is.';
COMMENT ON COLUMN ops.anomaly_setting.name IS 'Its name.';
COMMENT ON COLUMN ops.anomaly_setting.value IS 'The number.';
COMMENT ON COLUMN ops.anomaly_setting.meaning IS 'What it does.';
INSERT INTO ops.anomaly_setting (rule, name, value, meaning)
VALUES
('over_twice_week', 'factor', 2, 'Unit prices of the week an amount must be above.'),
('same_card_same_amount', 'in_a_row', 3, 'From the how manieth equal payment in a row on.'),
('store_hour_outlier', 'score', 4, 'Scores above it are outliers.'),
(
    'store_hour_outlier',
    'payments',
    20,
    'Payments of the hour in eight weeks, below which it is unknown.'
),
(
    'store_hour_outlier',
    'prior_payments',
    200,
    'The spread within all hours of the store weighs as much as so many payments of the hour.'
),
(
    'store_hour_outlier',
    'least_spread',
    0.1,
    'The spread of logarithms is taken for no smaller, where most amounts are alike.'
),
('card_burst', 'minutes', 10, 'Length of the window.'),
('card_burst', 'approvals', 3, 'Approvals in it, at least.'),
('card_burst', 'stores', 3, 'Different stores among them, at least.'),
('cancellation_share', 'score', 3.5, 'Scores above it are too many cancellations.'),
('cancellation_share', 'cancellations', 3, 'Cancellations of the day, at least.'),
(
    'cancellation_share',
    'sales',
    50,
    'Sales of the store in eight weeks, below which its share is unknown.'
),
(
    'cancellation_share',
    'prior_sales',
    100,
    'The share of all stores of the account weighs as much as so many sales of its own.'
),
('outside_hours', 'hours_away', 2, 'Hours to the nearest usual one, at least.'),
('outside_hours', 'usual_share', 0.005, 'Share of the store''s payments that makes an hour usual.'),
('outside_hours', 'usual_payments', 2, 'Payments that make an hour usual, at least.'),
(
    'outside_hours',
    'payments',
    100,
    'Payments of the store in eight weeks, below which its hours are unknown.'
);
CREATE TABLE mart.mart_store_daily_spend (
    sale_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    store_id BIGINT NOT NULL,
    total_sale NUMERIC(16, 2) NOT NULL,
    payment_count BIGINT NOT NULL,
    canceled_count BIGINT NOT NULL,
    canceled_amount NUMERIC(16, 2) NOT NULL,
    unit_price NUMERIC(16, 2),
    distinct_cards BIGINT NOT NULL,
    refund_count BIGINT NOT NULL,
    refund_amount NUMERIC(16, 2) NOT NULL,
    PRIMARY KEY (sale_date, account_id, store_id)
);
CREATE INDEX ON mart.mart_store_daily_spend (account_id, store_id, sale_date);
COMMENT ON TABLE mart.mart_store_daily_spend IS
'One row per business date, account and store: what the store took by card that day, and what of it was cancelled since. A store without a sale that day has no row.';
COMMENT ON COLUMN mart.mart_store_daily_spend.sale_date IS
'Business date of the sales: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_store_daily_spend.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.mart_store_daily_spend.account_id IS
'The account the sales were read through: a database, or files.';
COMMENT ON COLUMN mart.mart_store_daily_spend.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.mart_store_daily_spend.total_sale IS
'Sum of the payments; cancelled ones are not in it.';
COMMENT ON COLUMN mart.mart_store_daily_spend.payment_count IS
'Payments: sales of 0 or more that were not cancelled.';
COMMENT ON COLUMN mart.mart_store_daily_spend.canceled_count IS
'Sales of that day that were cancelled, whenever.';
COMMENT ON COLUMN mart.mart_store_daily_spend.canceled_amount IS
'Their sum.';
COMMENT ON COLUMN mart.mart_store_daily_spend.unit_price IS
'total_sale / payment_count (객단가); NULL where there is no payment.';
COMMENT ON COLUMN mart.mart_store_daily_spend.distinct_cards IS
'Different cards among the payments; payments whose card is not known are left out.';
COMMENT ON COLUMN mart.mart_store_daily_spend.refund_count IS
'Refunds: sales of a negative amount.';
COMMENT ON COLUMN mart.mart_store_daily_spend.refund_amount IS
'What they gave back, 0 or more; in no other amount.';

CREATE TABLE mart.mart_store_weekly_spend (
    sale_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    store_id BIGINT NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    total_sale NUMERIC(16, 2) NOT NULL,
    payment_count BIGINT NOT NULL,
    week_unit_price NUMERIC(16, 2),
    is_unknown BOOLEAN NOT NULL,
    PRIMARY KEY (sale_date, account_id, store_id)
);
CREATE INDEX ON mart.mart_store_weekly_spend (account_id, store_id, start_date);
COMMENT ON TABLE mart.mart_store_weekly_spend IS
'One row per business date, account and store with sales on that date: the seven days before it together. The row of a day begins seven days before it and ends the day before it.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.sale_date IS
'Business date whose week before it is: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.account_id IS
'The account the sales were read through: a database, or files.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.start_date IS
'First day of the week: sale_date less seven days.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.end_date IS
'Last day of the week: the day before sale_date.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.total_sale IS
'Sum of the week''s payments; cancelled ones are not in it.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.payment_count IS
'Payments of the week.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.week_unit_price IS
'total_sale / payment_count of the seven days together; NULL where there is no payment.';
COMMENT ON COLUMN mart.mart_store_weekly_spend.is_unknown IS
'Whether the week has no payment, so that nothing is known of what is usual.';

CREATE TABLE mart.mart_store_hourly_spend (
    sale_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    store_id BIGINT NOT NULL,
    hour_of_day INTEGER NOT NULL,
    total_sale NUMERIC(16, 2) NOT NULL,
    payment_count BIGINT NOT NULL,
    amounts NUMERIC(14, 2)[] NOT NULL,
    PRIMARY KEY (sale_date, account_id, store_id, hour_of_day)
);
CREATE INDEX ON mart.mart_store_hourly_spend (account_id, store_id, sale_date);
COMMENT ON TABLE mart.mart_store_hourly_spend IS
'One row per business date, account, store and hour of day: what the store took by card in that hour, with each amount. An hour without a payment has no row.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.sale_date IS
'Business date of the sales: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.account_id IS
'The account the sales were read through: a database, or files.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.hour_of_day IS
'0 to 23, in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.total_sale IS
'Sum of the payments; cancelled ones are not in it.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.payment_count IS
'Payments.';
COMMENT ON COLUMN mart.mart_store_hourly_spend.amounts IS
'The amount of each, the smallest first.';

CREATE TABLE mart.mart_store_hour_profile (
    sale_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    store_id BIGINT NOT NULL,
    hour_of_day INTEGER NOT NULL,
    payment_count BIGINT NOT NULL,
    store_payment_count BIGINT NOT NULL,
    median_amount NUMERIC(14, 2) NOT NULL,
    log_deviation NUMERIC(10, 6) NOT NULL,
    store_log_deviation NUMERIC(10, 6) NOT NULL,
    PRIMARY KEY (sale_date, account_id, store_id, hour_of_day)
);
CREATE INDEX ON mart.mart_store_hour_profile (account_id, store_id, sale_date);
COMMENT ON TABLE mart.mart_store_hour_profile IS
'One row per business date, account, store and hour of day: what the store usually takes in that hour, from the eight weeks before the date. Each store has its turn on one day of every seven, so that no day has to look at eight weeks of all of them.';
COMMENT ON COLUMN mart.mart_store_hour_profile.sale_date IS
'Business date of the store''s turn; the 56 days before it are what the row is of.';
COMMENT ON COLUMN mart.mart_store_hour_profile.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.mart_store_hour_profile.account_id IS
'The account the sales were read through: a database, or files.';
COMMENT ON COLUMN mart.mart_store_hour_profile.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.mart_store_hour_profile.hour_of_day IS
'0 to 23, in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_store_hour_profile.payment_count IS
'Payments of more than 0 in that hour over the eight weeks.';
COMMENT ON COLUMN mart.mart_store_hour_profile.store_payment_count IS
'The same over all hours of the store.';
COMMENT ON COLUMN mart.mart_store_hour_profile.median_amount IS
'Median of their amounts.';
COMMENT ON COLUMN mart.mart_store_hour_profile.log_deviation IS
'Median absolute deviation (MAD) of the natural logarithms of the amounts from that of the median.';
COMMENT ON COLUMN mart.mart_store_hour_profile.store_log_deviation IS
'The mean of log_deviation over the store''s hours, by their payments: how much its amounts differ within an hour.';

CREATE TABLE mart.mart_card_anomaly (
    sale_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    sale_id BIGINT NOT NULL,
    rule TEXT NOT NULL REFERENCES ops.anomaly_rule (rule),
    store_id BIGINT NOT NULL,
    sold_at TIMESTAMPTZ NOT NULL,
    amount_sale NUMERIC(14, 2) NOT NULL,
    score NUMERIC(14, 4) NOT NULL,
    expected NUMERIC(16, 4) NOT NULL,
    evidence JSONB NOT NULL,
    PRIMARY KEY (sale_date, account_id, sale_id, rule)
);
CREATE INDEX ON mart.mart_card_anomaly (account_id, store_id, sale_date);
COMMENT ON TABLE mart.mart_card_anomaly IS
'One row per business date, account, sale and rule: a sale that does not fit, by which rule, how far, and what would have been expected. What people decided about it is in v_card_anomaly.';
COMMENT ON COLUMN mart.mart_card_anomaly.sale_date IS
'Business date of the sale: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_card_anomaly.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.mart_card_anomaly.account_id IS
'The account the sale was read through: a database, or files.';
COMMENT ON COLUMN mart.mart_card_anomaly.sale_id IS
'The sale, as the account numbers it.';
COMMENT ON COLUMN mart.mart_card_anomaly.rule IS
'Which rule it breaks; see ops.anomaly_rule.';
COMMENT ON COLUMN mart.mart_card_anomaly.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.mart_card_anomaly.sold_at IS
'When it was paid.';
COMMENT ON COLUMN mart.mart_card_anomaly.amount_sale IS
'What was paid.';
COMMENT ON COLUMN mart.mart_card_anomaly.score IS
'How far it is from what is usual, in the rule''s own measure; the greater, the farther.';
COMMENT ON COLUMN mart.mart_card_anomaly.expected IS
'What would have been usual, in the rule''s own unit.';
COMMENT ON COLUMN mart.mart_card_anomaly.evidence IS
'What it was judged by: figures, settings, other sales of the pattern. Never a card number.';

-- Marts are rebuilt; that something was seen, and when first, is not.
CREATE TABLE ops.anomaly_seen (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    sale_id BIGINT NOT NULL,
    rule TEXT NOT NULL REFERENCES ops.anomaly_rule (rule),
    first_seen_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    first_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, sale_id, rule)
);
COMMENT ON TABLE ops.anomaly_seen IS
'Every anomaly that a build ever found, also where the sale fits by now; rows are added only, by mart-job in the transaction of the build.';
COMMENT ON COLUMN ops.anomaly_seen.account_id IS 'The sale''s account.';
COMMENT ON COLUMN ops.anomaly_seen.sale_id IS 'The sale.';
COMMENT ON COLUMN ops.anomaly_seen.rule IS 'The rule it broke.';
COMMENT ON COLUMN ops.anomaly_seen.first_seen_at IS 'When a build first found it.';
COMMENT ON COLUMN ops.anomaly_seen.first_run_id IS 'The run of mart-job that did.';

CREATE TABLE ops.anomaly_review (
    review_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id TEXT NOT NULL,
    sale_id BIGINT NOT NULL,
    rule TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('CONFIRMED', 'DISMISSED')),
    reviewed_by TEXT NOT NULL CHECK (reviewed_by <> ''),
    reviewed_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    note TEXT CHECK (LENGTH(note) <= 2000),
    CONSTRAINT of_what_was_seen FOREIGN KEY (account_id, sale_id, rule)
    REFERENCES ops.anomaly_seen (account_id, sale_id, rule)
);
CREATE INDEX ON ops.anomaly_review (account_id, sale_id, rule, review_id);
COMMENT ON TABLE ops.anomaly_review IS
'What people decided about anomalies, one row a decision; the last one counts. Rows are added only, by the search.';
COMMENT ON COLUMN ops.anomaly_review.review_id IS 'Grows with each decision.';
COMMENT ON COLUMN ops.anomaly_review.account_id IS 'The sale''s account.';
COMMENT ON COLUMN ops.anomaly_review.sale_id IS 'The sale.';
COMMENT ON COLUMN ops.anomaly_review.rule IS 'The rule it broke.';
COMMENT ON COLUMN ops.anomaly_review.state IS
'CONFIRMED, it is wrong indeed; DISMISSED, it is not.';
COMMENT ON COLUMN ops.anomaly_review.reviewed_by IS 'Who decided, as the search knows them.';
COMMENT ON COLUMN ops.anomaly_review.reviewed_at IS 'When.';
COMMENT ON COLUMN ops.anomaly_review.note IS 'What they wrote.';

CREATE VIEW mart.v_card_anomaly AS
WITH last_review AS (
    SELECT DISTINCT ON (account_id, sale_id, rule)
        account_id,
        sale_id,
        rule,
        state,
        reviewed_by,
        reviewed_at,
        note
    FROM ops.anomaly_review
    ORDER BY account_id ASC, sale_id ASC, rule ASC, review_id DESC
)

SELECT
    found.sale_date,
    found.tenant_id,
    found.account_id,
    found.sale_id,
    found.rule,
    found.store_id,
    found.sold_at,
    found.amount_sale,
    found.score,
    found.expected,
    found.evidence,
    COALESCE(review.state, 'OPEN') AS state,
    review.reviewed_by,
    review.reviewed_at,
    review.note,
    seen.first_seen_at
FROM mart.mart_card_anomaly AS found
LEFT JOIN last_review AS review
    ON
        found.account_id = review.account_id
        AND found.sale_id = review.sale_id
        AND found.rule = review.rule
LEFT JOIN ops.anomaly_seen AS seen
    ON
        found.account_id = seen.account_id
        AND found.sale_id = seen.sale_id
        AND found.rule = seen.rule;
COMMENT ON VIEW mart.v_card_anomaly IS
'One row per business date, account, sale and rule: a sale that does not fit, when it was first seen not to, and what was last decided about it.';
COMMENT ON COLUMN mart.v_card_anomaly.sale_date IS
'Business date of the sale: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.v_card_anomaly.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.v_card_anomaly.account_id IS
'The account the sale was read through: a database, or files.';
COMMENT ON COLUMN mart.v_card_anomaly.sale_id IS
'The sale, as the account numbers it.';
COMMENT ON COLUMN mart.v_card_anomaly.rule IS
'Which rule it breaks; see ops.anomaly_rule.';
COMMENT ON COLUMN mart.v_card_anomaly.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.v_card_anomaly.sold_at IS
'When it was paid.';
COMMENT ON COLUMN mart.v_card_anomaly.amount_sale IS
'What was paid.';
COMMENT ON COLUMN mart.v_card_anomaly.score IS
'How far it is from what is usual, in the rule''s own measure; the greater, the farther.';
COMMENT ON COLUMN mart.v_card_anomaly.expected IS
'What would have been usual, in the rule''s own unit.';
COMMENT ON COLUMN mart.v_card_anomaly.evidence IS
'What it was judged by: figures, settings, other sales of the pattern. Never a card number.';
COMMENT ON COLUMN mart.v_card_anomaly.state IS
'OPEN, nobody decided; CONFIRMED, it is wrong indeed; DISMISSED, it is not.';
COMMENT ON COLUMN mart.v_card_anomaly.reviewed_by IS
'Who decided last; NULL while it is open.';
COMMENT ON COLUMN mart.v_card_anomaly.reviewed_at IS
'When; NULL while it is open.';
COMMENT ON COLUMN mart.v_card_anomaly.note IS
'What they wrote; NULL where they wrote nothing.';
COMMENT ON COLUMN mart.v_card_anomaly.first_seen_at IS
'When a build first found it.';

CREATE VIEW mart.v_store_calendar_week_spend AS
WITH week AS (
    SELECT
        CAST(DATE_TRUNC('week', CAST(sale_date AS TIMESTAMP)) AS DATE) AS week_start,
        tenant_id,
        account_id,
        store_id,
        COUNT(*) AS day_count,
        SUM(total_sale) AS total_sale,
        SUM(payment_count) AS payment_count,
        SUM(canceled_count) AS canceled_count,
        SUM(canceled_amount) AS canceled_amount
    FROM mart.mart_store_daily_spend
    GROUP BY
        CAST(DATE_TRUNC('week', CAST(sale_date AS TIMESTAMP)) AS DATE),
        tenant_id,
        account_id,
        store_id
)

SELECT
    week_start,
    week_start + 6 AS week_end,
    tenant_id,
    account_id,
    store_id,
    day_count,
    total_sale,
    payment_count,
    canceled_count,
    canceled_amount,
    ROUND(total_sale / NULLIF(payment_count, 0), 2) AS week_unit_price
FROM week;
COMMENT ON VIEW mart.v_store_calendar_week_spend IS
'One row per week, account and store: what the store took by card in it. A week is Monday to Sunday; one without a sale has no row.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.week_start IS
'First day of the week, a Monday in Asia/Seoul.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.week_end IS
'Last day of it, a Sunday.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.account_id IS
'The account the sales were read through: a database, or files.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.day_count IS
'Days of it with sales.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.total_sale IS
'Sum of the payments; cancelled ones are not in it.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.payment_count IS
'Payments.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.canceled_count IS
'Sales of those days that were cancelled, whenever.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.canceled_amount IS
'Their sum.';
COMMENT ON COLUMN mart.v_store_calendar_week_spend.week_unit_price IS
'total_sale / payment_count; NULL where there is no payment.';

CREATE VIEW mart.v_unknown_store AS
WITH known AS (
    SELECT
        week.sale_date,
        week.tenant_id,
        week.account_id,
        week.store_id,
        'over_twice_week' AS rule,
        CAST(week.payment_count AS NUMERIC) AS known,
        1 AS needed
    FROM mart.mart_store_weekly_spend AS week
    UNION ALL
    SELECT
        week.sale_date,
        week.tenant_id,
        week.account_id,
        week.store_id,
        setting.rule,
        COALESCE((
            SELECT MAX(profile.payment_count)
            FROM mart.mart_store_hour_profile AS profile
            WHERE
                profile.account_id = week.account_id
                AND profile.store_id = week.store_id
                AND profile.sale_date > week.sale_date - 7
                AND profile.sale_date <= week.sale_date
        ), 0) AS known,
        setting.value AS needed
    FROM mart.mart_store_weekly_spend AS week
    INNER JOIN ops.anomaly_setting AS setting
        ON setting.rule = 'store_hour_outlier' AND setting.name = 'payments'
    UNION ALL
    SELECT
        week.sale_date,
        week.tenant_id,
        week.account_id,
        week.store_id,
        setting.rule,
        COALESCE((
            SELECT MAX(profile.store_payment_count)
            FROM mart.mart_store_hour_profile AS profile
            WHERE
                profile.account_id = week.account_id
                AND profile.store_id = week.store_id
                AND profile.sale_date > week.sale_date - 7
                AND profile.sale_date <= week.sale_date
        ), 0) AS known,
        setting.value AS needed
    FROM mart.mart_store_weekly_spend AS week
    INNER JOIN ops.anomaly_setting AS setting
        ON setting.rule = 'outside_hours' AND setting.name = 'payments'
    UNION ALL
    SELECT
        week.sale_date,
        week.tenant_id,
        week.account_id,
        week.store_id,
        setting.rule,
        COALESCE((
            SELECT SUM(daily.payment_count + daily.canceled_count)
            FROM mart.mart_store_daily_spend AS daily
            WHERE
                daily.account_id = week.account_id
                AND daily.store_id = week.store_id
                AND daily.sale_date >= week.sale_date - 56
                AND daily.sale_date < week.sale_date
        ), 0) AS known,
        setting.value AS needed
    FROM mart.mart_store_weekly_spend AS week
    INNER JOIN ops.anomaly_setting AS setting
        ON setting.rule = 'cancellation_share' AND setting.name = 'sales'
)

SELECT
    sale_date,
    tenant_id,
    account_id,
    store_id,
    rule,
    known,
    CAST(needed AS NUMERIC) AS needed
FROM known
WHERE known < needed;
COMMENT ON VIEW mart.v_unknown_store IS
'One row per business date, account, store and rule: a store with sales that day of which the rule knows too little to judge them. That a sale of it is in no row of v_card_anomaly does not mean that it is normal.';
COMMENT ON COLUMN mart.v_unknown_store.sale_date IS
'Business date of the sales: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.v_unknown_store.tenant_id IS
'Whose stores they are; every query asks for one.';
COMMENT ON COLUMN mart.v_unknown_store.account_id IS
'The account the sales were read through: a database, or files.';
COMMENT ON COLUMN mart.v_unknown_store.store_id IS
'The store, as the account numbers it.';
COMMENT ON COLUMN mart.v_unknown_store.rule IS
'The rule that cannot judge; see ops.anomaly_rule.';
COMMENT ON COLUMN mart.v_unknown_store.known IS
'Payments, for cancellation_share sales, that there are to judge by.';
COMMENT ON COLUMN mart.v_unknown_store.needed IS
'How many there must be.';

-- Roles belong to the whole server, and another database's migration may be making it at this moment.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jangbu_search') THEN
        CREATE ROLE jangbu_search NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        RAISE NOTICE 'role jangbu_search was made by another migration meanwhile';
    WHEN insufficient_privilege THEN
        RAISE WARNING 'role jangbu_search not made: % may not create roles', current_user;
END
$$;

SELECT ops.grant_to('SELECT ON raw.v_counted_card_sale', 'jangbu_mart');
SELECT ops.grant_to('SELECT ON ops.anomaly_rule, ops.anomaly_setting', 'jangbu_mart');
SELECT ops.grant_to('SELECT, INSERT ON ops.anomaly_seen', 'jangbu_mart');
SELECT ops.grant_to('SELECT, INSERT, DELETE ON ' || target, 'jangbu_mart')
FROM UNNEST(
    ARRAY[
        'mart.mart_store_daily_spend',
        'mart.mart_store_weekly_spend',
        'mart.mart_store_hourly_spend',
        'mart.mart_store_hour_profile',
        'mart.mart_card_anomaly'
    ]
) AS target;
SELECT ops.grant_to('SELECT ON ' || target, role_name)
FROM
    UNNEST(
        ARRAY[
            'mart.mart_store_daily_spend',
            'mart.mart_store_weekly_spend',
            'mart.mart_store_hourly_spend',
            'mart.mart_store_hour_profile',
            'mart.mart_card_anomaly'
        ]
    ) AS target
CROSS JOIN UNNEST(ARRAY['jangbu_analyst', 'jangbu_search']) AS role_name;
SELECT ops.grant_to('SELECT ON ' || target, role_name)
FROM
    UNNEST(
        ARRAY[
            'mart.v_card_anomaly',
            'mart.v_store_calendar_week_spend',
            'mart.v_unknown_store'
        ]
    ) AS target
CROSS JOIN UNNEST(ARRAY['jangbu_analyst', 'jangbu_mart', 'jangbu_search']) AS role_name;

-- The search reads sales and decides nothing but reviews. What terminals said (raw_data) is not its
-- matter.
SELECT ops.grant_to(FORMAT('CONNECT ON DATABASE %I', CURRENT_DATABASE()), 'jangbu_search');
SELECT ops.grant_to('USAGE ON SCHEMA mart, raw, ops', 'jangbu_search');
SELECT ops.grant_to(
    'SELECT (account_id, sale_id, created, modified, remark, num_approval, card_company, '
    || 'card_category, card_number, card_key, amount_sale, amount_fee, amount_deposit, '
    || 'is_canceled, sold_at, will_deposited_at, platform, daily_sale_id, store_id, '
    || 'result_code, result_msg, extra_payment_id, detail_status, '
    || 'processing_status, sale_date, observed_at, vanished_at) ON raw.card_sale',
    'jangbu_search'
);
SELECT ops.grant_to(
    'SELECT ON raw.card_store, ops.account, ops.anomaly_rule, ops.anomaly_setting, '
    || 'ops.anomaly_seen, ops.flyway_schema_history, mart.v_freshness, '
    || 'mart.v_sales_freshness',
    'jangbu_search'
);
SELECT ops.grant_to('SELECT, INSERT ON ops.anomaly_review', 'jangbu_search');

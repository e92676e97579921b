-- Six rules over the sales of the day, each with its settings (ops.anomaly_setting), measure and
-- evidence; docs/card-sales.md has the reasons. What has no history to be judged by is left out here
-- and told by mart.v_unknown_store.
-- A setting is asked for where it is needed; joined to, the one row would be a join the planner cannot
-- rate among those that before.sql lets it choose from.
WITH setting AS (
    SELECT
        MAX(value) FILTER (
            WHERE rule = 'over_twice_week' AND name = 'factor'
        ) AS week_factor,
        MAX(value) FILTER (
            WHERE rule = 'same_card_same_amount' AND name = 'in_a_row'
        ) AS same_in_a_row,
        MAX(value) FILTER (
            WHERE rule = 'store_hour_outlier' AND name = 'score'
        ) AS hour_score,
        MAX(value) FILTER (
            WHERE rule = 'store_hour_outlier' AND name = 'payments'
        ) AS hour_payments,
        MAX(value) FILTER (
            WHERE rule = 'store_hour_outlier' AND name = 'least_spread'
        ) AS hour_spread,
        MAX(value) FILTER (
            WHERE rule = 'store_hour_outlier' AND name = 'prior_payments'
        ) AS hour_prior,
        MAX(value) FILTER (
            WHERE rule = 'card_burst' AND name = 'minutes'
        ) AS burst_minutes,
        MAX(value) FILTER (
            WHERE rule = 'card_burst' AND name = 'minutes'
        ) * INTERVAL '1 minute' AS burst_window,
        MAX(value) FILTER (
            WHERE rule = 'card_burst' AND name = 'approvals'
        ) AS burst_approvals,
        MAX(value) FILTER (
            WHERE rule = 'card_burst' AND name = 'stores'
        ) AS burst_stores,
        MAX(value) FILTER (
            WHERE rule = 'cancellation_share' AND name = 'score'
        ) AS cancel_score,
        MAX(value) FILTER (
            WHERE rule = 'cancellation_share' AND name = 'cancellations'
        ) AS cancel_count,
        MAX(value) FILTER (
            WHERE rule = 'cancellation_share' AND name = 'sales'
        ) AS cancel_sales,
        MAX(value) FILTER (
            WHERE rule = 'cancellation_share' AND name = 'prior_sales'
        ) AS cancel_prior,
        MAX(value) FILTER (
            WHERE rule = 'outside_hours' AND name = 'usual_share'
        ) AS usual_share,
        MAX(value) FILTER (
            WHERE rule = 'outside_hours' AND name = 'usual_payments'
        ) AS usual_payments,
        MAX(value) FILTER (
            WHERE rule = 'outside_hours' AND name = 'payments'
        ) AS hours_payments,
        MAX(value) FILTER (
            WHERE rule = 'outside_hours' AND name = 'hours_away'
        ) AS hours_away
    FROM ops.anomaly_setting
),

day_sales AS MATERIALIZED (
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        hour_of_day,
        amount_sale,
        card_key,
        is_canceled,
        is_payment
    FROM raw.v_counted_card_sale
    WHERE sale_date = :business_date AND NOT is_refund
),

-- Rule over_twice_week. A sale that was cancelled since is judged like any other.
over_twice_week AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        'over_twice_week' AS rule,
        sale.amount_sale / week.week_unit_price AS score,
        week.week_unit_price AS expected,
        JSONB_BUILD_OBJECT(
            'week_unit_price', week.week_unit_price,
            'week_payments', week.payment_count,
            'week_start', week.start_date,
            'week_end', week.end_date,
            'factor', (SELECT setting.week_factor FROM setting),
            'is_canceled', sale.is_canceled
        ) AS evidence
    FROM day_sales AS sale
    INNER JOIN mart.mart_store_weekly_spend AS week
        ON sale.account_id = week.account_id AND sale.store_id = week.store_id
    WHERE
        week.sale_date = :business_date
        AND week.week_unit_price > 0
        AND sale.amount_sale > (SELECT setting.week_factor FROM setting) * week.week_unit_price
),

-- Rule same_card_same_amount. Only cards that paid an amount so often at a store can have it in a row.
equal_amounts AS (
    SELECT
        account_id,
        store_id,
        card_key
    FROM day_sales
    WHERE is_payment AND card_key IS NOT NULL
    GROUP BY account_id, store_id, card_key, amount_sale
    HAVING COUNT(*) >= (SELECT setting.same_in_a_row FROM setting)
),

repeated AS (
    SELECT DISTINCT
        account_id,
        store_id,
        card_key
    FROM equal_amounts
),

-- Two numberings of one order: while the amount stays the same they grow alike, so that their
-- difference names the row of equal payments. A cancelled one is no payment and ends no row.
numbered_payments AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        sale.card_key,
        ROW_NUMBER() OVER (
            PARTITION BY sale.account_id, sale.store_id, sale.card_key
            ORDER BY sale.sold_at, sale.sale_id
        ) - ROW_NUMBER() OVER (
            PARTITION BY sale.account_id, sale.store_id, sale.card_key, sale.amount_sale
            ORDER BY sale.sold_at, sale.sale_id
        ) AS row_of_equals
    FROM day_sales AS sale
    INNER JOIN repeated
        ON
            sale.account_id = repeated.account_id
            AND sale.store_id = repeated.store_id
            AND sale.card_key = repeated.card_key
    WHERE sale.is_payment
),

equal_payments AS (
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        card_key,
        ROW_NUMBER() OVER equals AS nth,
        ARRAY_AGG(sale_id) OVER equals AS sales_so_far,
        FIRST_VALUE(sold_at) OVER equals AS first_sold_at
    FROM numbered_payments
    WINDOW equals AS (
        PARTITION BY account_id, store_id, card_key, amount_sale, row_of_equals
        ORDER BY sold_at, sale_id
        ROWS UNBOUNDED PRECEDING
    )
),

same_card_same_amount AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        'same_card_same_amount' AS rule,
        CAST(sale.nth AS NUMERIC) AS score,
        (SELECT setting.same_in_a_row FROM setting) - 1 AS expected,
        JSONB_BUILD_OBJECT(
            'nth', sale.nth,
            'sales', sale.sales_so_far,
            'first_sold_at', TO_CHAR(
                sale.first_sold_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
            ),
            'card', LEFT(sale.card_key, 12),
            'in_a_row', (SELECT setting.same_in_a_row FROM setting)
        ) AS evidence
    FROM equal_payments AS sale
    WHERE sale.nth >= (SELECT setting.same_in_a_row FROM setting)
),

-- Of seven days each store has its turn on one.
profile_hours AS MATERIALIZED (
    SELECT
        profile.account_id,
        profile.store_id,
        profile.hour_of_day,
        profile.payment_count,
        profile.store_payment_count,
        profile.median_amount,
        profile.log_deviation,
        profile.store_log_deviation,
        profile.sale_date AS profile_date,
        profile.payment_count >= (SELECT setting.usual_payments FROM setting)
        AND profile.payment_count
        >= (SELECT setting.usual_share FROM setting) * profile.store_payment_count AS is_usual
    FROM mart.mart_store_hour_profile AS profile
    WHERE
        profile.sale_date > CAST(:business_date AS DATE) - 7
        AND profile.sale_date <= :business_date
),

-- Rule store_hour_outlier: the modified z-score of the logarithm, of the store's hour. The MAD of few
-- payments is itself uncertain, so that of all the store's hours weighs as much as so many payments;
-- 1.4826 makes of the MAD of normal values their standard deviation.
hour_spreads AS (
    SELECT
        hour.account_id,
        hour.store_id,
        hour.hour_of_day,
        hour.payment_count,
        hour.median_amount,
        hour.profile_date,
        CAST(
            GREATEST(
                1.4826 * (
                    hour.payment_count * hour.log_deviation
                    + (SELECT setting.hour_prior FROM setting) * hour.store_log_deviation
                ) / (hour.payment_count + (SELECT setting.hour_prior FROM setting)),
                (SELECT setting.hour_spread FROM setting)
            ) AS DOUBLE PRECISION
        ) AS spread
    FROM profile_hours AS hour
    WHERE hour.payment_count >= (SELECT setting.hour_payments FROM setting)
),

-- The median of few payments is uncertain too: its variance is pi / 2 of theirs, by their number.
hour_scores AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        sale.hour_of_day,
        sale.is_canceled,
        hour.median_amount,
        hour.spread,
        hour.payment_count,
        hour.profile_date,
        LN(CAST(sale.amount_sale / hour.median_amount AS DOUBLE PRECISION))
        / (hour.spread * SQRT(1 + PI() / 2 / hour.payment_count)) AS score
    FROM day_sales AS sale
    INNER JOIN hour_spreads AS hour
        ON
            sale.account_id = hour.account_id
            AND sale.store_id = hour.store_id
            AND sale.hour_of_day = hour.hour_of_day
    WHERE sale.amount_sale > hour.median_amount
),

store_hour_outlier AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        'store_hour_outlier' AS rule,
        CAST(sale.score AS NUMERIC) AS score,
        sale.median_amount AS expected,
        JSONB_BUILD_OBJECT(
            'hour', sale.hour_of_day,
            'hour_payments', sale.payment_count,
            'median_amount', sale.median_amount,
            'spread', ROUND(CAST(sale.spread AS NUMERIC), 4),
            'profile_date', sale.profile_date,
            'threshold', (SELECT setting.hour_score FROM setting),
            'is_canceled', sale.is_canceled
        ) AS evidence
    FROM hour_scores AS sale
    WHERE sale.score > (SELECT setting.hour_score FROM setting)
),

-- Rule card_burst. A burst may reach over midnight: cards that paid in the minutes beside it bring
-- what they paid on the day before or after, looked up by card.
cards_at_midnight AS (
    SELECT DISTINCT sale.card_key
    FROM day_sales AS sale
    WHERE
        sale.card_key IS NOT NULL
        AND (
            sale.sold_at < CAST(:business_date AS TIMESTAMP) AT TIME ZONE 'Asia/Seoul'
            + (SELECT setting.burst_window FROM setting)
            OR sale.sold_at
            > CAST(CAST(:business_date AS DATE) + 1 AS TIMESTAMP) AT TIME ZONE 'Asia/Seoul'
            - (SELECT setting.burst_window FROM setting)
        )
),

day_and_beside AS (
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        card_key,
        TRUE AS is_of_day
    FROM day_sales
    WHERE card_key IS NOT NULL
    UNION ALL
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        sale.card_key,
        FALSE AS is_of_day
    FROM raw.v_counted_card_sale AS sale
    WHERE
        sale.card_key = ANY(ARRAY(SELECT cards_at_midnight.card_key FROM cards_at_midnight))
        AND sale.sale_date IN (CAST(:business_date AS DATE) - 1, CAST(:business_date AS DATE) + 1)
        AND NOT sale.is_refund
),

-- Cards with so many approvals are few; only theirs are set against each other.
busy_cards AS (
    SELECT card_key
    FROM day_and_beside
    GROUP BY card_key
    HAVING COUNT(*) >= (SELECT setting.burst_approvals FROM setting)
),

card_sales AS MATERIALIZED (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        sale.card_key,
        sale.is_of_day
    FROM day_and_beside AS sale
    INNER JOIN busy_cards ON sale.card_key = busy_cards.card_key
),

-- Each approval with those of its card in the minutes up to it, itself among them.
bursts AS (
    SELECT
        last.account_id,
        last.sale_id,
        last.card_key,
        last.sold_at AS ended_at,
        MIN(one.sold_at) AS began_at,
        COUNT(*) AS approvals,
        COUNT(DISTINCT one.account_id || '/' || one.store_id) AS stores,
        ARRAY_AGG(one.sale_id ORDER BY one.sold_at, one.sale_id) AS sales
    FROM card_sales AS last
    INNER JOIN card_sales AS one
        ON
            last.card_key = one.card_key
            AND last.sold_at >= one.sold_at
            AND last.sold_at < one.sold_at + (SELECT setting.burst_window FROM setting)
    GROUP BY
        last.account_id,
        last.sale_id,
        last.card_key,
        last.sold_at
    HAVING
        COUNT(*) >= (SELECT setting.burst_approvals FROM setting)
        AND COUNT(DISTINCT one.account_id || '/' || one.store_id)
        >= (SELECT setting.burst_stores FROM setting)
),

-- Every sale of a burst is part of it, also those before it could be known for one; of several the
-- busiest is told.
card_burst AS (
    SELECT DISTINCT ON (sale.account_id, sale.sale_id)
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        'card_burst' AS rule,
        CAST(burst.approvals AS NUMERIC) AS score,
        (SELECT setting.burst_approvals FROM setting) - 1 AS expected,
        JSONB_BUILD_OBJECT(
            'approvals', burst.approvals,
            'stores', burst.stores,
            'sales', burst.sales,
            'began_at', TO_CHAR(
                burst.began_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
            ),
            'ended_at', TO_CHAR(
                burst.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
            ),
            'card', LEFT(sale.card_key, 12),
            'minutes', (SELECT setting.burst_minutes FROM setting)
        ) AS evidence
    FROM card_sales AS sale
    INNER JOIN bursts AS burst
        ON
            sale.card_key = burst.card_key
            AND sale.sold_at >= burst.began_at
            AND sale.sold_at <= burst.ended_at
    WHERE sale.is_of_day
    ORDER BY
        sale.account_id ASC,
        sale.sale_id ASC,
        burst.approvals DESC,
        burst.stores DESC,
        burst.ended_at ASC
),

-- Rule cancellation_share.
store_days AS (
    SELECT
        account_id,
        store_id,
        COUNT(*) AS sales,
        COUNT(*) FILTER (WHERE is_canceled) AS cancellations
    FROM day_sales
    GROUP BY account_id, store_id
),

store_history AS (
    SELECT
        account_id,
        store_id,
        SUM(payment_count + canceled_count) AS sales,
        SUM(canceled_count) AS cancellations
    FROM mart.mart_store_daily_spend
    WHERE
        sale_date >= CAST(:business_date AS DATE) - 56
        AND sale_date < :business_date
    GROUP BY account_id, store_id
),

-- What is usual of all stores of the account weighs as much as so many sales of the store's own: a
-- store that never had a cancellation is not one that cannot have any.
account_history AS (
    SELECT
        account_id,
        SUM(cancellations) / NULLIF(SUM(sales), 0) AS share
    FROM store_history
    GROUP BY account_id
),

cancel_shares AS (
    SELECT
        store_days.account_id,
        store_days.store_id,
        store_days.sales,
        store_days.cancellations,
        own.sales AS history_sales,
        own.cancellations AS history_cancellations,
        CAST(store_days.cancellations AS DOUBLE PRECISION) / store_days.sales AS share,
        -- Nothing is sure: a share of 0 or 1 would make of any other an infinite surprise.
        CAST(
            LEAST(
                GREATEST(
                    (
                        own.cancellations
                        + account_history.share * (SELECT setting.cancel_prior FROM setting)
                    )
                    / (own.sales + (SELECT setting.cancel_prior FROM setting)),
                    0.001
                ),
                0.999
            ) AS DOUBLE PRECISION
        ) AS usual_share
    FROM store_days
    INNER JOIN store_history AS own
        ON store_days.account_id = own.account_id AND store_days.store_id = own.store_id
    INNER JOIN account_history ON store_days.account_id = account_history.account_id
    WHERE
        own.sales >= (SELECT setting.cancel_sales FROM setting)
        AND store_days.cancellations >= (SELECT setting.cancel_count FROM setting)
),

-- The signed root of the binomial deviance: about a z-score, and right for few sales where the plain
-- one is not.
cancel_scores AS (
    SELECT
        account_id,
        store_id,
        sales,
        cancellations,
        history_sales,
        history_cancellations,
        share,
        usual_share,
        SQRT(
            2 * (
                cancellations * LN(share / usual_share)
                + (sales - cancellations)
                * LN(COALESCE(NULLIF(1 - share, 0), 1) / (1 - usual_share))
            )
        ) AS score
    FROM cancel_shares
    WHERE share > usual_share
),

cancellation_share AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        'cancellation_share' AS rule,
        CAST(day.score AS NUMERIC) AS score,
        CAST(day.sales * day.usual_share AS NUMERIC) AS expected,
        JSONB_BUILD_OBJECT(
            'cancellations', day.cancellations,
            'sales', day.sales,
            'share', ROUND(CAST(day.share AS NUMERIC), 4),
            'usual_share', ROUND(CAST(day.usual_share AS NUMERIC), 4),
            'history_sales', day.history_sales,
            'history_cancellations', day.history_cancellations,
            'threshold', (SELECT setting.cancel_score FROM setting)
        ) AS evidence
    FROM day_sales AS sale
    INNER JOIN cancel_scores AS day
        ON sale.account_id = day.account_id AND sale.store_id = day.store_id
    WHERE sale.is_canceled AND day.score > (SELECT setting.cancel_score FROM setting)
),

-- Rule outside_hours: how many hours lie between the sale's and the nearest usual one, around the
-- clock. Most sales are in a usual hour: they are left out before the hours are gone through.
unusual_sales AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        sale.hour_of_day,
        sale.is_canceled
    FROM day_sales AS sale
    LEFT JOIN profile_hours AS hour
        ON
            sale.account_id = hour.account_id
            AND sale.store_id = hour.store_id
            AND sale.hour_of_day = hour.hour_of_day
    WHERE NOT COALESCE(hour.is_usual, FALSE)
),

nearest_hours AS (
    SELECT DISTINCT ON (sale.account_id, sale.sale_id)
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        sale.hour_of_day,
        sale.is_canceled,
        hour.hour_of_day AS usual_hour,
        hour.store_payment_count,
        hour.profile_date,
        LEAST(
            ABS(sale.hour_of_day - hour.hour_of_day),
            24 - ABS(sale.hour_of_day - hour.hour_of_day)
        ) AS hours_away
    FROM unusual_sales AS sale
    INNER JOIN profile_hours AS hour
        ON sale.account_id = hour.account_id AND sale.store_id = hour.store_id
    WHERE
        hour.is_usual
        AND hour.store_payment_count >= (SELECT setting.hours_payments FROM setting)
    ORDER BY
        sale.account_id ASC,
        sale.sale_id ASC,
        LEAST(
            ABS(sale.hour_of_day - hour.hour_of_day),
            24 - ABS(sale.hour_of_day - hour.hour_of_day)
        ) ASC,
        hour.hour_of_day ASC
),

usual_hours AS (
    SELECT
        account_id,
        store_id,
        JSONB_AGG(hour_of_day ORDER BY hour_of_day) AS hours
    FROM profile_hours
    WHERE is_usual
    GROUP BY account_id, store_id
),

outside_hours AS (
    SELECT
        sale.tenant_id,
        sale.account_id,
        sale.sale_id,
        sale.store_id,
        sale.sold_at,
        sale.amount_sale,
        'outside_hours' AS rule,
        CAST(sale.hours_away AS NUMERIC) AS score,
        CAST(sale.usual_hour AS NUMERIC) AS expected,
        JSONB_BUILD_OBJECT(
            'hour', sale.hour_of_day,
            'usual_hours', usual_hours.hours,
            'store_payments', sale.store_payment_count,
            'profile_date', sale.profile_date,
            'hours_away', (SELECT setting.hours_away FROM setting),
            'is_canceled', sale.is_canceled
        ) AS evidence
    FROM nearest_hours AS sale
    INNER JOIN usual_hours
        ON sale.account_id = usual_hours.account_id AND sale.store_id = usual_hours.store_id
    WHERE sale.hours_away >= (SELECT setting.hours_away FROM setting)
),

found AS (
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        rule,
        score,
        expected,
        evidence
    FROM over_twice_week
    UNION ALL
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        rule,
        score,
        expected,
        evidence
    FROM same_card_same_amount
    UNION ALL
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        rule,
        score,
        expected,
        evidence
    FROM store_hour_outlier
    UNION ALL
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        rule,
        score,
        expected,
        evidence
    FROM card_burst
    UNION ALL
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        rule,
        score,
        expected,
        evidence
    FROM cancellation_share
    UNION ALL
    SELECT
        tenant_id,
        account_id,
        sale_id,
        store_id,
        sold_at,
        amount_sale,
        rule,
        score,
        expected,
        evidence
    FROM outside_hours
)

SELECT
    CAST(:business_date AS DATE) AS sale_date,
    tenant_id,
    account_id,
    sale_id,
    rule,
    store_id,
    sold_at,
    amount_sale,
    ROUND(score, 4) AS score,
    ROUND(expected, 4) AS expected,
    evidence
FROM found;

WITH day_traffic AS (
    SELECT
        account.tenant_id,
        web.account_id,
        web.traffic_source,
        web.channel_group,
        SUM(web.sessions) AS session_count,
        SUM(web.users) AS user_count,
        SUM(web.purchases) AS purchase_count,
        SUM(web.revenue) AS revenue_amount,
        BOOL_OR(web.is_approximate) AS is_approximate
    FROM raw.web_daily AS web
    INNER JOIN ops.account AS account ON web.account_id = account.account_id
    WHERE web.traffic_date = :business_date
    GROUP BY account.tenant_id, web.account_id, web.traffic_source, web.channel_group
),

-- Of the own mall only: analytics counts visits of no other channel.
mall_orders AS (
    SELECT
        tenant_id,
        COUNT(DISTINCT account_id || '/' || order_id) AS order_count
    FROM raw.v_sale_line
    WHERE paid_on = :business_date AND channel_code = 'CAFE24'
    GROUP BY tenant_id
),

whole_day AS (
    SELECT
        account_id,
        traffic_source,
        SUM(session_count) AS session_count,
        SUM(purchase_count) AS purchase_count
    FROM day_traffic
    GROUP BY account_id, traffic_source
)

SELECT
    CAST(:business_date AS DATE) AS traffic_date,
    day_traffic.tenant_id,
    day_traffic.account_id,
    day_traffic.traffic_source,
    day_traffic.channel_group,
    day_traffic.session_count,
    day_traffic.user_count,
    day_traffic.purchase_count,
    day_traffic.revenue_amount,
    day_traffic.is_approximate,
    ROUND(100.0 * day_traffic.session_count / NULLIF(whole_day.session_count, 0), 2)
        AS session_share,
    ROUND(100.0 * whole_day.purchase_count / NULLIF(mall_orders.order_count, 0), 2)
        AS seen_order_rate,
    ROUND(
        100.0 * COALESCE(mall_orders.order_count, 0) / NULLIF(whole_day.session_count, 0), 2
    ) AS order_per_session_rate
FROM day_traffic
INNER JOIN whole_day
    ON
        day_traffic.account_id = whole_day.account_id
        AND day_traffic.traffic_source = whole_day.traffic_source
LEFT JOIN mall_orders ON day_traffic.tenant_id = mall_orders.tenant_id;

-- What the clean files bring: sales, the names of stores, and of a weekly comparison the keys that are no more and the
-- months that differ.
CREATE TEMPORARY TABLE incoming_card_sale ON COMMIT DROP AS
SELECT
    account_id,
    sale_id,
    created,
    modified,
    remark,
    num_approval,
    card_company,
    card_category,
    card_number,
    card_key,
    amount_sale,
    amount_fee,
    amount_deposit,
    is_canceled,
    sold_at,
    will_deposited_at,
    raw_data,
    platform,
    daily_sale_id,
    store_id,
    result_code,
    result_msg,
    extra_payment_id,
    detail_status,
    processing_status,
    sale_date,
    source_hash,
    observed_at
FROM raw.card_sale
WITH NO DATA;

CREATE TEMPORARY TABLE incoming_card_store (
    account_id TEXT,
    store_id BIGINT,
    name TEXT,
    source_hash TEXT,
    observed_at TIMESTAMPTZ
) ON COMMIT DROP;

CREATE TEMPORARY TABLE incoming_card_sale_vanished (
    account_id TEXT,
    sale_id BIGINT,
    source_hash TEXT,
    observed_at TIMESTAMPTZ
) ON COMMIT DROP;

CREATE TEMPORARY TABLE incoming_card_month (
    account_id TEXT,
    month_start DATE,
    stored_rows BIGINT,
    source_rows BIGINT,
    stored_checksum TEXT,
    source_checksum TEXT,
    source_hash TEXT,
    observed_at TIMESTAMPTZ
) ON COMMIT DROP;

-- Of a first load, whose sales do not come by here.
CREATE TEMPORARY TABLE first_card_sale (
    store_id BIGINT,
    sale_date DATE,
    first_seen_at TIMESTAMPTZ,
    sale_count BIGINT
) ON COMMIT DROP;

package dev.jangbu.search.sales;

/**
 * The ways through sales, from the newest on. Each walks at most {@code :window} rows in the order of an index and tells
 * which of them match; the row that ends the window is told too, so that the next walk goes on behind it. How long one
 * takes does not depend on how rare a match is.
 */
final class SaleSql {
    private static final String COLUMNS = """
                sale.account_id,
                sale.sale_id,
                sale.store_id,
                sale.sold_at,
                sale.sale_date,
                sale.amount_sale,
                sale.amount_fee,
                sale.amount_deposit,
                sale.is_canceled,
                sale.card_company,
                sale.card_category,
                sale.card_number,
                sale.card_key,
                sale.num_approval,
                sale.remark,
                sale.result_code,
                sale.result_msg,
                sale.platform,
                sale.detail_status,
                sale.processing_status,
                sale.will_deposited_at,
                sale.modified,
                sale.vanished_at
            """;

    private static final String BETWEEN = """
                AND sale.sold_at >= :from
                AND sale.sold_at < :until
                AND sale.sold_at <= :after_at
                AND (sale.sold_at, sale.sale_id, sale.account_id) < (:after_at, :after_id, :after_account)
            """;

    private static final String NEWEST_FIRST = " ORDER BY sale.sold_at DESC, sale.sale_id DESC LIMIT :window ";

    /** Whether a text holds what was typed: all its words. */
    private static final String HAS_WORDS = " text.words @@ PLAINTO_TSQUERY('simple', raw.folded_text(:text)) ";

    /** Or all its parts. */
    private static final String HAS_PARTS = " text.whole LIKE ALL(raw.card_text_patterns(:text)) ";

    private static final String JUDGED = """
            ,
            walked AS (
                SELECT * FROM found ORDER BY sold_at DESC, sale_id DESC, account_id DESC LIMIT :window
            ),
            placed AS (
                SELECT
                    sale.*,
                    ROW_NUMBER() OVER (ORDER BY sale.sold_at DESC, sale.sale_id DESC, sale.account_id DESC) AS place
                FROM walked AS sale
            ),
            judged AS (
                SELECT
                    sale.*,
                    COALESCE(
                        sale.vanished_at IS NULL
                        AND sale.account_id = ANY(:accounts)
                        AND (:all_stores OR sale.store_id = ANY(:stores))
                        AND (:store_id IS NULL OR sale.store_id = :store_id)
                        AND (:card_key IS NULL OR sale.card_key = :card_key)
                        AND (:card_number IS NULL OR sale.card_number = :card_number)
                        AND (:company IS NULL OR sale.card_company = :company)
                        AND (:least IS NULL OR sale.amount_sale >= :least)
                        AND (:most IS NULL OR sale.amount_sale <= :most)
                        AND (:canceled IS NULL OR sale.is_canceled = :canceled)
                        AND (
                            :any_text
                            OR (
                                :by_keys
                                AND raw.card_text_key(sale.remark, sale.card_company, sale.result_msg)
                                = ANY(:text_keys)
                            )
                            OR text.text_key IS NOT NULL
                            OR (
                                :by_approval
                                AND sale.num_approval ~>=~ :approval
                                AND sale.num_approval ~<~ :approval_end
                            )
                        ),
                        FALSE
                    ) AS matches
                FROM placed AS sale
                LEFT JOIN raw.card_text AS text
                    ON
                        :by_each
                        AND text.text_key = raw.card_text_key(sale.remark, sale.card_company, sale.result_msg)
                        AND (""" + HAS_WORDS + "OR" + HAS_PARTS + """
                        )
            )
            SELECT judged.* FROM judged
            WHERE judged.matches OR judged.place = :window
            ORDER BY judged.place
            LIMIT :rows
            """;

    /** All sales of the tenant. */
    static final String NEWEST = "WITH found AS (SELECT one.* FROM UNNEST(:accounts) AS mine (account_id)"
            + " CROSS JOIN LATERAL (SELECT " + COLUMNS
            + " FROM raw.card_sale AS sale WHERE sale.account_id = mine.account_id "
            + BETWEEN + NEWEST_FIRST + ") AS one)" + JUDGED;

    /** Those of one store. */
    static final String OF_STORE = "WITH found AS (SELECT one.* FROM UNNEST(:accounts) AS mine (account_id)"
            + " CROSS JOIN LATERAL (SELECT " + COLUMNS
            + " FROM raw.card_sale AS sale WHERE sale.account_id = mine.account_id AND sale.store_id = :store_id "
            + BETWEEN + NEWEST_FIRST + ") AS one)" + JUDGED;

    /** Those of one card. */
    static final String OF_CARD = "WITH found AS (SELECT " + COLUMNS
            + " FROM raw.card_sale AS sale WHERE sale.card_key = :card_key AND sale.account_id = ANY(:accounts) "
            + BETWEEN + NEWEST_FIRST + ")" + JUDGED;

    /** Those with one of a few texts, or an approval number that begins as was asked. */
    static final String OF_TEXTS = "WITH found AS (SELECT one.* FROM UNNEST(:accounts) AS mine (account_id)"
            + " CROSS JOIN UNNEST(:text_keys) AS text (text_key) CROSS JOIN LATERAL (SELECT " + COLUMNS
            + " FROM raw.card_sale AS sale WHERE sale.account_id = mine.account_id"
            + " AND raw.card_text_key(sale.remark, sale.card_company, sale.result_msg) = text.text_key "
            + BETWEEN + NEWEST_FIRST + ") AS one UNION (SELECT " + COLUMNS
            + " FROM raw.card_sale AS sale WHERE :by_approval AND sale.account_id = ANY(:accounts)"
            + " AND sale.num_approval ~>=~ :approval AND sale.num_approval ~<~ :approval_end "
            + BETWEEN + NEWEST_FIRST + "))" + JUDGED;

    /** The texts that hold what was typed; and those of a company. */
    static final String TEXTS = """
            SELECT text.text_key FROM raw.card_text AS text
            WHERE
                (:company IS NULL OR text.card_company = :company)
                AND (
                    :text IS NULL
                    OR (raw.coded_text(text.whole) LIKE raw.card_text_longest(:text) AND""" + HAS_PARTS + ") OR" + HAS_WORDS + """
                )
            LIMIT :most""";

    private SaleSql() {}
}

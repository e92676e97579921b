package dev.jangbu.mart.anomalies;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads the anomalies of a day that nobody has dismissed. */
final class AnomalyReader {
    private static final String SALES = """
            SELECT
                account_id,
                store_id,
                sale_id,
                sold_at,
                amount_sale,
                ARRAY_AGG(rule ORDER BY rule) AS rules,
                COALESCE(
                    MAX(expected) FILTER (WHERE rule = 'over_twice_week'),
                    MAX(expected) FILTER (WHERE rule = 'store_hour_outlier')
                ) AS expected
            FROM mart.v_card_anomaly
            WHERE sale_date = :businessDate AND state <> 'DISMISSED'
            GROUP BY account_id, store_id, sale_id, sold_at, amount_sale
            ORDER BY account_id, store_id, sale_id""";

    private final Handle handle;

    AnomalyReader(Handle handle) {
        this.handle = handle;
    }

    private record Store(String accountId, long storeId) {}

    private record Sold(Store store, OddSale sale) {}

    AnomalyReport read(LocalDate businessDate) {
        Map<Store, List<OddSale>> sales = handle.createQuery(SALES)
                .bind("businessDate", businessDate)
                .map((row, context) ->
                        new Sold(new Store(row.getString("account_id"), row.getLong("store_id")), sale(row)))
                .collect(groupingBy(Sold::store, mapping(Sold::sale, toList())));
        return new AnomalyReport(
                businessDate,
                sales.entrySet().stream()
                        .map(store -> StoreAnomalies.of(
                                store.getKey().accountId(), store.getKey().storeId(), store.getValue()))
                        .sorted(StoreAnomalies.BY_LARGEST)
                        .toList());
    }

    private static OddSale sale(ResultSet row) throws SQLException {
        BigDecimal expected = row.getBigDecimal("expected");
        return new OddSale(
                row.getLong("sale_id"),
                row.getObject("sold_at", OffsetDateTime.class).toInstant(),
                row.getBigDecimal("amount_sale"),
                Arrays.asList((String[]) row.getArray("rules").getArray()),
                expected);
    }
}

package dev.jangbu.mart.anomalies;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
                rule,
                score,
                score_unit,
                expected,
                expected_unit
            FROM mart.v_card_anomaly
            WHERE sale_date = :businessDate AND state <> 'DISMISSED'
            ORDER BY account_id, store_id, sale_id, rule""";

    private final Handle handle;

    AnomalyReader(Handle handle) {
        this.handle = handle;
    }

    private record Store(String accountId, long storeId) {}

    private record Sold(Store store, long saleId, Instant soldAt, BigDecimal amountSale) {
        OddSale odd(List<OddSale.Break> breaks) {
            return new OddSale(saleId, soldAt, amountSale, breaks);
        }
    }

    AnomalyReport read(LocalDate businessDate) {
        Map<Sold, List<OddSale.Break>> breaks = new LinkedHashMap<>();
        handle.createQuery(SALES)
                .bind("businessDate", businessDate)
                .map((row, context) -> Map.entry(sold(row), broken(row)))
                .forEach(found -> breaks.computeIfAbsent(found.getKey(), none -> new ArrayList<>())
                        .add(found.getValue()));
        Map<Store, List<OddSale>> sales = breaks.entrySet().stream()
                .collect(groupingBy(
                        found -> found.getKey().store(),
                        mapping(found -> found.getKey().odd(found.getValue()), toList())));
        return new AnomalyReport(
                businessDate,
                sales.entrySet().stream()
                        .map(store -> StoreAnomalies.of(
                                store.getKey().accountId(), store.getKey().storeId(), store.getValue()))
                        .sorted(StoreAnomalies.BY_LARGEST)
                        .toList());
    }

    private static Sold sold(ResultSet row) throws SQLException {
        return new Sold(
                new Store(row.getString("account_id"), row.getLong("store_id")),
                row.getLong("sale_id"),
                row.getObject("sold_at", OffsetDateTime.class).toInstant(),
                row.getBigDecimal("amount_sale"));
    }

    private static OddSale.Break broken(ResultSet row) throws SQLException {
        return new OddSale.Break(
                row.getString("rule"),
                row.getBigDecimal("score"),
                row.getString("score_unit"),
                row.getBigDecimal("expected"),
                row.getString("expected_unit"));
    }
}

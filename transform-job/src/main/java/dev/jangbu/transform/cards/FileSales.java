package dev.jangbu.transform.cards;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Payments by card from files: what changed when is not told, and stores have names in the place of keys. */
public final class FileSales implements RecordMapper {
    private final Shop shop;
    private final Set<Long> sales = new HashSet<>();
    private final Set<Long> stores = new HashSet<>();

    public FileSales(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(CardTables.SALE, CardTables.STORE);
    }

    @Override
    public List<Row> map(RecordFields record) {
        record.findings().passOver(RecordCheck.CANCELED_AFTER_CREATED);
        long id = record.requiredCount("id");
        CardSales.Payment payment = CardSales.Payment.of(record);
        String store = record.requiredText("store_name");
        if (!sales.add(id)) {
            record.fail(RecordCheck.UNIQUE_SALE, "id", Long.toString(id), "once");
        }
        List<Row> rows = new ArrayList<>(List.of(payment.row(shop, id, null, null, record)));
        if (record.findings().isEmpty() && stores.add(payment.storeId())) {
            rows.add(new Row(CardTables.STORE)
                    .text(shop.accountId())
                    .number(payment.storeId())
                    .text(store));
        }
        return rows;
    }
}

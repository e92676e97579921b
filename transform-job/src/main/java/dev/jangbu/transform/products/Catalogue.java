package dev.jangbu.transform.products;

import dev.jangbu.transform.records.Table;
import java.util.List;

/** The tables of what is offered. */
final class Catalogue {
    static final Table PRODUCT = Table.of(
            "product",
            "account_id",
            "product_id",
            "product_code",
            "seller_code",
            "product_name",
            "category_id",
            "list_price",
            "sale_price",
            "supply_price",
            "status",
            "stock",
            "created_at",
            "updated_at");
    static final Table CATEGORY =
            Table.of("category", "account_id", "category_id", "parent_id", "depth", "category_name", "path");
    static final List<Table> TABLES = List.of(PRODUCT, CATEGORY);

    private Catalogue() {}
}

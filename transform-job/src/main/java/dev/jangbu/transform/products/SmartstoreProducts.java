package dev.jangbu.transform.products;

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
import org.jspecify.annotations.Nullable;

/** Products of SmartStore. Each names the categories it is in, from the top; they become rows once. */
public final class SmartstoreProducts implements RecordMapper {
    private static final String BETWEEN = ">";

    private final Shop shop;
    private final Set<String> categories = new HashSet<>();

    public SmartstoreProducts(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return Catalogue.TABLES;
    }

    @Override
    public List<Row> map(RecordFields product) {
        List<Row> rows = new ArrayList<>();
        rows.add(product(product));
        if (product.findings().isEmpty()) {
            addCategories(product, rows);
        }
        return rows;
    }

    private Row product(RecordFields product) {
        return new Row(Catalogue.PRODUCT)
                .text(shop.accountId())
                .text(product.requiredText("channelProductNo"))
                .text(product.text("originProductNo"))
                .text(product.text("sellerManagementCode"))
                .text(product.requiredText("name"))
                .text(product.text("categoryId"))
                .money(product.amount("salePrice"))
                .money(product.has("discountedPrice") ? product.amount("discountedPrice") : product.amount("salePrice"))
                .money(null)
                .text(status(product).name())
                .number(product.stock("stockQuantity"))
                .instant(product.instant("regDate"))
                .instant(product.instant("modifiedDate"));
    }

    private static ProductStatus status(RecordFields product) {
        String told = product.requiredText("statusType");
        @Nullable String display = product.text("channelProductDisplayStatusType");
        return switch (told) {
            case "CLOSE", "PROHIBITION", "SUSPENSION", "REJECTION" -> ProductStatus.ENDED;
            case "OUTOFSTOCK" -> ProductStatus.SOLD_OUT;
            case "WAIT", "UNADMISSION" -> ProductStatus.HIDDEN;
            case "SALE" -> display == null || display.equals("ON") ? ProductStatus.ON_SALE : ProductStatus.HIDDEN;
            case "" -> ProductStatus.UNKNOWN;
            default -> {
                product.fail(RecordCheck.STATUS_KNOWN, "statusType", told, "a status of SmartStore known here");
                yield ProductStatus.UNKNOWN;
            }
        };
    }

    private void addCategories(RecordFields product, List<Row> rows) {
        @Nullable String ids = product.text("wholeCategoryId");
        @Nullable String names = product.text("wholeCategoryName");
        if (ids == null || names == null) {
            return;
        }
        List<String> id = List.of(ids.split(BETWEEN, -1));
        List<String> name = List.of(names.split(BETWEEN, -1));
        if (id.size() != name.size()) {
            return;
        }
        for (int depth = 0; depth < id.size(); depth++) {
            if (categories.add(id.get(depth))) {
                rows.add(new Row(Catalogue.CATEGORY)
                        .text(shop.accountId())
                        .text(id.get(depth))
                        .text(depth == 0 ? null : id.get(depth - 1))
                        .number(depth + 1)
                        .text(name.get(depth))
                        .text(String.join(" > ", name.subList(0, depth + 1))));
            }
        }
    }
}

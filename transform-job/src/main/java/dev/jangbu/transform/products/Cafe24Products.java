package dev.jangbu.transform.products;

import dev.jangbu.transform.records.MallShop;
import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Products and categories of Cafe24, each in a record of its own. */
public final class Cafe24Products implements RecordMapper {
    private static final int DEEPEST = 4;

    /** What Cafe24 calls the parent of a category at the top. */
    private static final String TOP = "1";

    private final Shop shop;

    public Cafe24Products(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return Catalogue.TABLES;
    }

    @Override
    public List<Row> map(RecordFields record) {
        if (record.has("category")) {
            record.findings().passOver(RecordCheck.STATUS_KNOWN);
            return List.of(category(record.object("category")));
        }
        return List.of(product(record.requiredObject("product")));
    }

    private Row product(RecordFields product) {
        MallShop mallShop = MallShop.of(product);
        return new Row(Catalogue.PRODUCT)
                .text(shop.accountId())
                .text(mallShop.requiredId(product.requiredText("product_no")))
                .text(product.text("product_code"))
                .text(product.text("custom_product_code"))
                .text(product.requiredText("product_name"))
                .text(mallShop.id(product.text("category_no")))
                .money(product.amount("retail_price"))
                .money(product.amount("price"))
                .money(product.amount("supply_price"))
                .text(status(product).name())
                .number(null)
                .instant(product.instant("created_date"))
                .instant(product.instant("updated_date"));
    }

    private static ProductStatus status(RecordFields product) {
        if (is(product.flag("selling"), false)) {
            return ProductStatus.ENDED;
        }
        if (is(product.flag("display"), false)) {
            return ProductStatus.HIDDEN;
        }
        return is(product.flag("sold_out"), true) ? ProductStatus.SOLD_OUT : ProductStatus.ON_SALE;
    }

    private static boolean is(@Nullable Boolean flag, boolean wanted) {
        return flag != null && flag == wanted;
    }

    private Row category(RecordFields category) {
        MallShop mallShop = MallShop.of(category);
        @Nullable String parent = category.text("parent_category_no");
        String name = category.requiredText("category_name");
        return new Row(Catalogue.CATEGORY)
                .text(shop.accountId())
                .text(mallShop.requiredId(category.requiredText("category_no")))
                .text(TOP.equals(parent) ? null : mallShop.id(parent))
                .number(category.requiredQuantity("category_depth"))
                .text(name)
                .text(path(category.object("full_category_name"), name));
    }

    private static String path(RecordFields names, String name) {
        List<String> path = IntStream.rangeClosed(1, DEEPEST)
                .mapToObj(depth -> names.text(Integer.toString(depth)))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        return path.isEmpty() ? name : String.join(" > ", path);
    }
}

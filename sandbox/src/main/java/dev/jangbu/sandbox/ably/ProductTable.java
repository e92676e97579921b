package dev.jangbu.sandbox.ably;

import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Product;
import dev.jangbu.sandbox.shop.ProductState;
import dev.jangbu.sandbox.shop.Shop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** 상품 목록, newest first. */
final class ProductTable {
    static final List<String> HEADERS = List.of(
            "상품번호", "이미지", "상품명", "카테고리", "판매가", "할인기간", "할인가", "등록일", "진열상태", "재고", "리뷰수", "택배사", "반품배송비", "추가배송비",
            "관리");

    private ProductTable() {}

    static List<List<String>> rows(Shop shop, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        shop.catalogue().productsAt(now).forEach(product -> rows.add(row(product, product.at(now))));
        Collections.reverse(rows);
        return rows;
    }

    private static List<String> row(Product product, ProductState state) {
        return List.of(
                String.valueOf(70_000 + product.number()),
                "",
                product.name(),
                String.join(" > ", product.category().names()),
                "%,d원".formatted(state.price()),
                "-",
                "-",
                Days.minutes(product.createdAt()).substring(0, 10),
                state.isDisplayed() ? "진열" : "미진열",
                String.valueOf(state.stock()),
                state.reviews() + "개",
                "CJ대한통운",
                "3,000원",
                "0원",
                "수정");
    }
}

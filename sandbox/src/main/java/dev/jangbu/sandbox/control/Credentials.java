package dev.jangbu.sandbox.control;

import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.Property;
import dev.jangbu.sandbox.account.ServiceAccount;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Shop;

/** What a shop's accounts log in with. All of it is drawn from the seed: there is nothing to protect. */
final class Credentials {
    private final Accounts accounts;
    private final String base;

    Credentials(Accounts accounts, String base) {
        this.accounts = accounts;
        this.base = base;
    }

    Fields of(Shop shop) {
        Fields fields = Fields.of("shop", shop.settings().name());
        accounts.mallOf(shop)
                .ifPresent(mall -> fields.with(
                        "cafe24",
                        Fields.of("mall_id", mall.mallId())
                                .with("client_id", accounts.app().clientId())
                                .with("client_secret", accounts.app().clientSecret())
                                .with("base_url", base + "/cafe24/" + mall.mallId() + "/api/v2")));
        accounts.smartStoreOf(shop)
                .ifPresent(store -> fields.with(
                        "naver",
                        Fields.of("client_id", store.clientId())
                                .with("client_secret", store.clientSecret())
                                .with("account_id", store.sellerId())
                                .with("base_url", base + "/naver/external")));
        accounts.ablySellerOf(shop)
                .ifPresent(seller -> fields.with(
                        "ably",
                        Fields.of("email", seller.email())
                                .with("password", seller.password())
                                .with("base_url", base + "/ably")));
        accounts.propertyOf(shop).ifPresent(property -> fields.with("ga4", ga4(property)));
        return fields;
    }

    private Fields ga4(Property property) {
        ServiceAccount reader = property.serviceAccount();
        return Fields.of("property_id", property.id())
                .with("base_url", base + "/ga4/v1beta")
                .with(
                        "key_file",
                        Fields.of("type", "service_account")
                                .with("project_id", reader.project())
                                .with("private_key_id", reader.keyId())
                                .with("private_key", reader.pem())
                                .with("client_email", reader.email())
                                .with("token_uri", base + "/google/token"));
    }
}

package dev.jangbu.search;

import dev.jangbu.search.access.Callers;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.anomalies.Anomalies;
import dev.jangbu.search.anomalies.AnomalyController;
import dev.jangbu.search.database.SearchDatabase;
import dev.jangbu.search.page.AnomalyPage;
import dev.jangbu.search.page.Files;
import dev.jangbu.search.page.Login;
import dev.jangbu.search.page.Overview;
import dev.jangbu.search.page.PageFailures;
import dev.jangbu.search.page.SalesPage;
import dev.jangbu.search.sales.Sales;
import dev.jangbu.search.sales.SalesController;
import dev.jangbu.search.spend.SpendController;
import dev.jangbu.search.spend.Spending;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The server: its database, what it reads there, and the routes to it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SecurityConfiguration.class, Failures.class, PageFailures.class})
class SearchConfiguration {
    @Bean
    SearchDatabase searchDatabase(SearchSettings settings) {
        return SearchDatabase.open(settings.database(), settings.calendar());
    }

    @Bean
    Callers callers(SearchDatabase database) {
        return new Callers(database);
    }

    @Bean
    Stores stores(SearchDatabase database) {
        return new Stores(database);
    }

    @Bean
    Spending spending(SearchDatabase database) {
        return new Spending(database);
    }

    @Bean
    SpendController spendController(Spending spending, Stores stores) {
        return new SpendController(spending, stores);
    }

    @Bean
    Sales sales(SearchDatabase database, SearchSettings settings) {
        return new Sales(database, settings.calendar());
    }

    @Bean
    SalesController salesController(Sales sales, Stores stores) {
        return new SalesController(sales, stores);
    }

    @Bean
    Anomalies anomalies(SearchDatabase database, SearchSettings settings) {
        return new Anomalies(database, settings.calendar());
    }

    @Bean
    AnomalyController anomalyController(Anomalies anomalies, Stores stores) {
        return new AnomalyController(anomalies, stores);
    }

    @Bean
    Login login(Callers callers) {
        return new Login(callers);
    }

    @Bean
    Overview overview(Spending spending, Anomalies anomalies, Stores stores) {
        return new Overview(spending, anomalies, stores);
    }

    @Bean
    SalesPage salesPage(Sales sales, Stores stores) {
        return new SalesPage(sales, stores);
    }

    @Bean
    AnomalyPage anomalyPage(Anomalies anomalies, Stores stores) {
        return new AnomalyPage(anomalies, stores);
    }

    @Bean
    Files files() {
        return new Files();
    }
}

package dev.jangbu.kit.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.jangbu.kit.database.Database;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What every job's Spring context holds. The auto-configurations are named, not searched: that starts faster. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({DataSourceTransactionManagerAutoConfiguration.class, BatchJdbcAutoConfiguration.class})
class KitConfiguration {
    private static final int CONNECTIONS = 4;

    /** A run that loses the database asks for it so often on its way out, to write down how it ended. */
    private static final int LAST_ASKS = 4;

    private static final Duration LEAST_WAIT = Duration.ofSeconds(5);
    private static final Duration MOST_WAIT = Duration.ofSeconds(15);

    @Bean
    DataSource dataSource(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.settings().url());
        config.setUsername(database.settings().user());
        config.setPassword(database.settings().password());
        config.addDataSourceProperty("ApplicationName", database.applicationName());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setConnectionInitSql(database.sessionSql());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(wait(database.settings().patience()).toMillis());
        config.setPoolName("jangbu");
        return new HikariDataSource(config);
    }

    /** What each ask may take, so that a run ends within the patience of its settings, and never for want of a moment. */
    private static Duration wait(Duration patience) {
        Duration each = patience.dividedBy(LAST_ASKS);
        if (each.compareTo(LEAST_WAIT) < 0) {
            return LEAST_WAIT;
        }
        return each.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : each;
    }

    @Bean
    Steps steps(JobRepository repository, RunContext context) {
        return new Steps(repository, context);
    }
}

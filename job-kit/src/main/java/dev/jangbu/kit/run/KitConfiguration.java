package dev.jangbu.kit.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.jangbu.kit.database.Database;
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
        config.setPoolName("jangbu");
        return new HikariDataSource(config);
    }

    @Bean
    Steps steps(JobRepository repository, RunContext context) {
        return new Steps(repository, context);
    }
}

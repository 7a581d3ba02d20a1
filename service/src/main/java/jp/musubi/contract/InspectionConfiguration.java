package jp.musubi.contract;

import jp.musubi.seal.isolation.WorkerLimits;
import jp.musubi.seal.isolation.Workers;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The processes in which uploads are opened. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InspectionSettings.class)
class InspectionConfiguration {

  @Bean(destroyMethod = "close")
  Workers inspectionWorkers(InspectionSettings settings) {
    var limits =
        new WorkerLimits(
            settings.heapMegabytes(), settings.cpu(), settings.deadline(), settings.deadline());
    return new Workers(settings.jar(), limits, settings.workers());
  }

  /** Starts them when the service answers already; a file that comes first starts its own. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> inspectionStart(Workers workers) {
    return _ -> Thread.ofPlatform().daemon().name("inspection-start").start(workers::warmUp);
  }
}

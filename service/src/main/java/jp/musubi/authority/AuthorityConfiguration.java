package jp.musubi.authority;

import jp.musubi.evidence.AccessRecord;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the guard before every route. */
@Configuration(proxyBeanMethods = false)
class AuthorityConfiguration implements WebMvcConfigurer {
  private final ObjectProvider<TargetSource> sources;
  private final ObjectProvider<AccessRecord> record;

  AuthorityConfiguration(
      ObjectProvider<TargetSource> sources, ObjectProvider<AccessRecord> record) {
    this.sources = sources;
    this.record = record;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(
        new RouteGuard(sources.stream().toList(), new RouteRecord(record.getObject())));
  }
}

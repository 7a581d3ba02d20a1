package jp.musubi.signing;

import java.time.Clock;
import java.time.Duration;
import jp.musubi.access.AddressGate;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Problems;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The web side of links: nobody signs in here, the link and its grant decide. */
@Configuration(proxyBeanMethods = false)
class SigningConfiguration {
  private static final String CONTENT_POLICY =
      "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self';"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  /** Innermost, so that a signed-in clerk who opens a link works for the link's body. */
  @Bean
  FilterRegistrationBean<LinkTenancyFilter> linkTenancyFilter(
      Organisations organisations, AddressGate gate, Problems problems) {
    var registration =
        new FilterRegistrationBean<>(new LinkTenancyFilter(organisations, gate, problems));
    registration.addUrlPatterns("/s/*");
    registration.setOrder(Ordered.LOWEST_PRECEDENCE);
    return registration;
  }

  /** Puts the record of looks behind every page of a link. */
  @Bean
  WebMvcConfigurer linkRecord(
      ObjectProvider<Ceremony> ceremony, ObjectProvider<AccessRecord> record) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new LinkRecord(ceremony.getObject(), record.getObject()))
            .addPathPatterns("/s/**");
      }
    };
  }

  /** Practice takes nothing from the real pages, however many come. */
  @Bean
  WebMvcConfigurer practiceLimit(ObjectProvider<Problems> problems, ObjectProvider<Clock> clock) {
    var bucket = new Bucket(200, Duration.ofMillis(25));
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new PracticeLimit(bucket, problems.getObject(), clock.getObject()))
            .addPathPatterns(Practice.PATH, Practice.PATH + "/**");
      }
    };
  }

  /** A look at a page leaves a record and the form's token in a cookie: no session. */
  @Bean
  @Order(10)
  SecurityFilterChain links(
      HttpSecurity http, CsrfTokenRepository formTokens, AccessDeniedHandler refusals) {
    return http.securityMatcher("/s/**")
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .csrf(csrf -> csrf.csrfTokenRepository(formTokens))
        .exceptionHandling(refused -> refused.accessDeniedHandler(refusals))
        .requestCache(cache -> cache.disable())
        .headers(headers ->
            headers
                .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny))
        .build();
  }
}

package jp.musubi.api;

import jp.musubi.access.AddressGate;
import jp.musubi.organisation.Organisations;
import jp.musubi.staff.Staff;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** The chain of the API: stateless, without cookies and so without their forgeries. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiSettings.class)
class ApiConfiguration {

  @Bean
  @Order(8)
  SecurityFilterChain apiCalls(
      HttpSecurity http,
      Programs programs,
      Organisations organisations,
      AddressGate addresses,
      Staff staff,
      CallRecord record,
      ApiAnswers answers) {
    return http.securityMatcher("/api/v1/**")
        // The gate decides; what it lets pass, the guard before every route asks once more.
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers -> headers.disable())
        .addFilterAfter(
            new ApiGate(programs, organisations, addresses, staff, record, answers),
            AuthorizationFilter.class)
        .build();
  }
}

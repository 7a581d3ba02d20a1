package jp.musubi.shelf;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * The chain of the shelf's pages: nobody of the staff is known here, whoever is signed in beside;
 * the holder's own cookie decides.
 */
@Configuration(proxyBeanMethods = false)
class ShelfSecurity {
  @Bean
  @Order(11)
  SecurityFilterChain shelfPages(
      HttpSecurity http, CsrfTokenRepository formTokens, AccessDeniedHandler refusals) {
    return http.securityMatcher("/past", "/past/**")
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .securityContext(context -> context.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.csrfTokenRepository(formTokens))
        .exceptionHandling(refused -> refused.accessDeniedHandler(refusals))
        .requestCache(cache -> cache.disable())
        // RequestEdge writes them.
        .headers(headers -> headers.disable())
        .build();
  }
}

package jp.musubi.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import jp.musubi.platform.AddressRange;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** From here on a request's remote address is the client's, as far as known proxies tell it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@EnableConfigurationProperties(ProxySettings.class)
class ClientAddressFilter extends OncePerRequestFilter {
  private final List<AddressRange> proxies;
  private final ProxySettings.Header header;

  ClientAddressFilter(ProxySettings settings) {
    this.proxies = settings.ranges();
    this.header = settings.proxyHeader();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var name =
        switch (header) {
          case X_FORWARDED_FOR -> "X-Forwarded-For";
          case FORWARDED -> "Forwarded";
        };
    var address =
        ForwardedChain.client(
            request.getRemoteAddr(), header, Collections.list(request.getHeaders(name)), proxies);
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public String getRemoteAddr() {
            return address;
          }

          @Override
          public String getRemoteHost() {
            return address;
          }
        },
        response);
  }
}

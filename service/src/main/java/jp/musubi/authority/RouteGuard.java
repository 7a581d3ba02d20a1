package jp.musubi.authority;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.NotPermitted;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * 門. Asks {@link Authorisation} about every route before anything of the request is read. A route
 * that says nothing of what it needs, and is not on the list of open ones, lets nobody in. Who is
 * let in and who is not goes on record here, so that no route can forget it.
 */
final class RouteGuard implements HandlerInterceptor {
  private static final List<PathPattern> OPEN =
      Stream.of(OpenRoutes.PATTERNS, OpenRoutes.LINKS, OpenRoutes.TRIAL)
          .flatMap(List::stream)
          .map(PathPatternParser.defaultInstance::parse)
          .toList();

  /** Which act the guard let pass; until its end is looked at. */
  private static final String PASSED = RouteGuard.class.getName() + ".passed";

  private final Map<Act.Ground, TargetSource> sources = new EnumMap<>(Act.Ground.class);

  private final RouteRecord record;

  RouteGuard(List<TargetSource> sources, RouteRecord record) {
    sources.forEach(source -> this.sources.put(source.ground(), source));
    this.record = record;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || request.getDispatcherType() == DispatcherType.ERROR
        || isOpen(request)) {
      return true;
    }
    var needs = needs(method);
    if (needs == null) {
      throw new IllegalStateException("route without @Needs: " + method);
    }
    var who = who();
    var act = needs.value();
    switch (Authorisation.decide(who, act, known(act, who, request))) {
      case ALLOWED -> {
        request.setAttribute(PASSED, act);
        record.seen(request, method, act);
      }
      case NOT_PERMITTED -> {
        record.refused(request, act, true);
        throw new NotPermitted(act + " by staff " + who.id());
      }
      case UNSEEN -> {
        record.refused(request, act, true);
        throw new NotFound(act + " by staff " + who.id());
      }
    }
    return true;
  }

  /** Before a page is drawn, if there is one to draw. */
  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    conclude(request, handler, status(response, page));
  }

  /** Where the route threw. */
  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception thrown) {
    conclude(request, handler, response.getStatus());
  }

  private void conclude(HttpServletRequest request, Object handler, int status) {
    if (handler instanceof HandlerMethod method
        && request.getDispatcherType() != DispatcherType.ERROR
        && request.getAttribute(PASSED) instanceof Act act) {
      request.removeAttribute(PASSED);
      record.attempted(request, method, act, status);
    }
  }

  private static int status(HttpServletResponse response, @Nullable ModelAndView page) {
    return page != null && page.getStatus() != null
        ? page.getStatus().value()
        : response.getStatus();
  }

  private Target known(Act act, Bearer who, HttpServletRequest request) {
    try {
      return target(act, who, request);
    } catch (NotFound nothing) {
      record.refused(request, act, false);
      throw nothing;
    }
  }

  private static @Nullable Needs needs(HandlerMethod method) {
    var own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Needs.class);
    return own != null
        ? own
        : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Needs.class);
  }

  private static boolean isOpen(HttpServletRequest request) {
    var path =
        PathContainer.parsePath(
            request.getRequestURI().substring(request.getContextPath().length()));
    return OPEN.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static Bearer who() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Bearer who) {
      return who;
    }
    throw new NotPermitted("nobody is signed in");
  }

  private Target target(Act act, Bearer who, HttpServletRequest request) {
    return switch (act.ground()) {
      case NONE -> Target.NOWHERE;
      case OWN_SECTION -> source(act).target(who.sectionId());
      case CONTRACT, MEMBER -> source(act).target(named(request));
    };
  }

  private TargetSource source(Act act) {
    var source = sources.get(act.ground());
    if (source == null) {
      throw new IllegalStateException("nothing knows where a " + act.ground() + " lies");
    }
    return source;
  }

  private static UUID named(HttpServletRequest request) {
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        && variables.get("id") instanceof String id) {
      try {
        return UUID.fromString(id);
      } catch (IllegalArgumentException misspelled) {
        throw new NotFound("id " + id);
      }
    }
    throw new IllegalStateException("the route names nothing by id");
  }
}

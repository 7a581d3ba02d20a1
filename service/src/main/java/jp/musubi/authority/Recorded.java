package jp.musubi.authority;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a route is recorded, where it is not recorded as every other is. A route without this leaves
 * an entry each time it is asked for; what changes something records that itself, with more than
 * the guard can know.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Recorded {
  /** By whom. */
  By by();

  /** Why the guard does not. */
  String because();

  /** Who records it. */
  enum By {
    /** The route itself, when it is served; the guard still does when it left nothing. */
    ITSELF,
    /** Nobody: the page holds nothing of contracts, people or settings. */
    NOBODY
  }
}

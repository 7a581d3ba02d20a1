package jp.musubi.seal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * 接続口 — an interface to something outside of the process, whose answer may be late, wrong or lost.
 * Whoever uses one in the service reaches it through its fault points; a test finds those who do
 * not.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Outside {

  /** A method that says what the port is like and asks nobody. */
  @Documented
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Described {}
}

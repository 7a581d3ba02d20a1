package jp.musubi.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * 故障点 — the one place every call to a part outside of the process passes: before it takes effect,
 * and after it did. In service nothing listens; a crash harness stops the process here.
 */
@FunctionalInterface
public interface FaultPoints {

  /**
   * A call is about to be made or has just returned.
   *
   * @param point {@code Port.method:before} or {@code Port.method:after}
   */
  void reached(String point);

  /** The same port, with a fault point before and after each of its methods. */
  default <P> P around(Class<P> port, P implementation) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              // Ports are mostly package-private interfaces.
              method.setAccessible(true);
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(implementation, arguments);
              }
              var name = port.getSimpleName() + "." + method.getName();
              reached(name + ":before");
              try {
                var result = method.invoke(implementation, arguments);
                reached(name + ":after");
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}

package jp.musubi.platform;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import jp.musubi.seal.Outside;
import org.jspecify.annotations.Nullable;

/**
 * 故障点 — what every call to a part outside of the process passes: before it takes effect, and after
 * it did; so does every commit. In service nobody listens, and nothing stands between; a crash
 * harness stops the process here.
 */
@FunctionalInterface
public interface FaultPoints {

  /** Nobody listens: a port is the very implementation. */
  static FaultPoints none() {
    return Silent.POINTS;
  }

  /**
   * A call is about to be made or has just returned.
   *
   * @param point {@code Port.method:before} or {@code Port.method:after}
   */
  void reached(String point);

  /** The same port, with a fault point before and after each of its methods. */
  default <P> P around(Class<P> port, P implementation) {
    return around(port, port.getSimpleName(), implementation);
  }

  /** As {@link #around(Class, Object)}, where several have one interface. */
  default <P> P around(Class<P> port, String name, P implementation) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(), new Class<?>[] {port}, new Passage(this, name, implementation)));
  }

  /** Whether a port is reached through fault points. */
  static boolean surround(Object port) {
    return Proxy.isProxyClass(port.getClass())
        && Proxy.getInvocationHandler(port) instanceof Passage;
  }

  /** In service. */
  enum Silent implements FaultPoints {
    /** All of them. */
    POINTS;

    @Override
    public void reached(String point) {}

    @Override
    public <P> P around(Class<P> port, String name, P implementation) {
      return implementation;
    }
  }

  /** The way through the points of one port. */
  record Passage(FaultPoints points, String port, Object implementation)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      // Ports are mostly package-private interfaces.
      method.setAccessible(true);
      try {
        if (method.getDeclaringClass() == Object.class
            || method.isAnnotationPresent(Outside.Described.class)) {
          return method.invoke(implementation, arguments);
        }
        var name = port + "." + method.getName();
        points.reached(name + ":before");
        var result = method.invoke(implementation, arguments);
        points.reached(name + ":after");
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}

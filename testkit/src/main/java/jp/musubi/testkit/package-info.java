@NullMarked
package jp.musubi.testkit;

import org.jspecify.annotations.NullMarked;

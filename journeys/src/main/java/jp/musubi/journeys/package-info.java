@NullMarked
package jp.musubi.journeys;

import org.jspecify.annotations.NullMarked;

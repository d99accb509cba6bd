// What most tests of widgets/ read besides.
#pragma once

#include "PrecompiledTest.h"
#include "PrecompiledWidgets.h"

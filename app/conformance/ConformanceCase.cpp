#include "conformance/ConformanceCase.h"

namespace sockeye::conformance {

bool ConformanceCase::isFailed() const
{
    const Step::Kind last = steps.isEmpty() ? Step::Kind::End : steps.last().kind;
    return last == Step::Kind::Fail || last == Step::Kind::FailOrDrop;
}

bool ConformanceCase::isFor(Subject subject) const
{
    return !onlyFor || *onlyFor == subject;
}

} // namespace sockeye::conformance

#include "widgets/inspector/InspectorPages.h"

#include "widgets/inspector/ClosingPage.h"
#include "widgets/inspector/FramesPage.h"
#include "widgets/inspector/HandshakePage.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/MessagePage.h"
#include "widgets/inspector/TimingPage.h"
#include "widgets/inspector/TlsFactsPage.h"

namespace sockeye {

namespace {

using Maker = InspectorPage *(*)(InspectorContext &, QWidget *);

template<typename Page>
InspectorPage *make(InspectorContext &context, QWidget *parent)
{
    return new Page(context, parent);
}

/// A new page is a class and its line in here.
constexpr Maker Makers[] = {
    &make<MessagePage>, &make<HexPage>,      &make<FramesPage>,  &make<HandshakePage>,
    &make<TimingPage>,  &make<TlsFactsPage>, &make<ClosingPage>,
};

} // namespace

QList<InspectorPage *> makeInspectorPages(InspectorContext &context, QWidget *parent)
{
    QList<InspectorPage *> pages;
    for (const Maker maker : Makers)
        pages.append(maker(context, parent));
    return pages;
}

} // namespace sockeye

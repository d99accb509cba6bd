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

template<typename Page>
InspectorPage *make(InspectorContext &context, QWidget *parent)
{
    return new Page(context, parent);
}

struct PageKind
{
    InspectorPage *(*make)(InspectorContext &, QWidget *);
    QString (*name)();
};

template<typename Page>
constexpr PageKind kind()
{
    return {&make<Page>, &Page::name};
}

/// A new page is a class and its line in here.
constexpr PageKind Kinds[] = {
    kind<MessagePage>(), kind<HexPage>(),      kind<FramesPage>(),  kind<HandshakePage>(),
    kind<TimingPage>(),  kind<TlsFactsPage>(), kind<ClosingPage>(),
};

} // namespace

QList<InspectorPage *> makeInspectorPages(InspectorContext &context, QWidget *parent)
{
    QList<InspectorPage *> pages;
    for (const PageKind &kind : Kinds)
        pages.append(kind.make(context, parent));
    return pages;
}

QStringList inspectorPageTitles()
{
    QStringList titles;
    for (const PageKind &kind : Kinds)
        titles += kind.name();
    return titles;
}

} // namespace sockeye

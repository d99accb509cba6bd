#include "log/EntryPages.h"

#include "conversation/ConversationChoice.h"
#include "conversation/ConversationReader.h"
#include "formats/FormatSet.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

/// Of more requested pages than this, the oldest were scrolled past long ago.
constexpr qsizetype MaxWantedPages = 256;
/// Pages read in one go: more than a screen of a sparsely filtered log shows, and few enough to turn to newer requests
/// soon.
constexpr qsizetype PagesAtOnce = 64;
/// Pages that are summed up in one go.
constexpr qsizetype SummarizedAtOnce = 4;
/// Places that are remembered as followed.
constexpr qsizetype MaxFollowed = 1'000;

} // namespace

EntryPages::EntryPages(CaptureLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
    , m_style(std::make_shared<SummaryStyle>(SummaryStyle{FormatSet::standard()}))
{
}

EntryPages::~EntryPages() = default;

void EntryPages::advanceTo(EntryId last)
{
    m_last = last;
    m_short.clear();
}

void EntryPages::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    m_style = std::make_shared<SummaryStyle>(SummaryStyle{formats, m_style->fields, m_style->marks});
    // Other rules may have others followed, or by another format.
    m_followed.clear();
    if (m_following) {
        m_following->cancel();
        m_following.release()->deleteLater();
    }
    m_cache.forgetSummaries();
    Q_EMIT summariesForgotten();
}

void EntryPages::setMarkingSame(bool marks)
{
    if (m_style->marks == MarkSame(marks))
        return;
    m_style = std::make_shared<SummaryStyle>(SummaryStyle{m_style->formats, m_style->fields, MarkSame(marks)});
    m_cache.forgetSummaries();
    Q_EMIT summariesForgotten();
}

void EntryPages::setFields(const QStringList &paths)
{
    if (paths == m_style->fields)
        return;
    m_style = std::make_shared<SummaryStyle>(SummaryStyle{m_style->formats, paths, m_style->marks});
    m_cache.forgetFields();
}

const CaptureReader *EntryPages::reader()
{
    if (!m_reader) {
        if (auto opened = CaptureReaders::of(m_loader.path())->open())
            m_reader = std::move(opened).value();
    }
    return m_reader.get();
}

void EntryPages::readNow(EntryId id)
{
    if (m_cache.find(id) || !reader())
        return;
    const EntryId start = EntryCache::pageStart(id);
    if (auto entries = reader()->entries(start, EntryCache::PageSize))
        m_cache.insert(start, std::move(entries).value());
}

QList<FieldText> EntryPages::fieldsNow(EntryId id)
{
    if (const QList<FieldText> *known = findFields(id))
        return *known;
    readNow(id);
    const Entry *entry = find(id);
    if (!entry || !reader())
        return {};
    return summarize(*reader(), {*entry}, *m_style->formats, m_style->fields).entries.constFirst().fields;
}

void EntryPages::request(EntryId id)
{
    const qint64 start = EntryCache::pageStart(id).value();
    const bool isDone = !m_isSummarizing || m_cache.isSummarized(EntryId(start));
    if ((m_short.value(start) == m_last && isDone) || (!m_wanted.isEmpty() && m_wanted.constLast() == start))
        return;
    m_wanted.removeOne(start);
    m_wanted.append(start);
    if (m_wanted.size() > MaxWantedPages)
        m_wanted.removeFirst();
    if (m_isReading)
        return;
    m_isReading = true;
    // After the painting that makes the requests, so that all of them are read in one go.
    QMetaObject::invokeMethod(this, &EntryPages::readRequested, Qt::QueuedConnection);
}

/// The pages to read next. Of many the entries come first, since a summary takes longer than the rest; then the
/// summaries of few at a time.
QList<EntryPages::Page> EntryPages::takeWanted()
{
    const QList<qint64> starts = m_wanted.last(std::min(PagesAtOnce, m_wanted.size()));
    const bool areFew = starts.size() <= SummarizedAtOnce;
    QList<Page> taken;
    qsizetype summarized = 0;
    // The one wanted last comes first.
    for (auto start = starts.crbegin(); start != starts.crend(); ++start) {
        const qsizetype here = m_cache.sizeOf(EntryId(*start));
        Page page{EntryId(*start), here, {}, {}, {}, {}, m_isSummarizing && (areFew || here > 0)};
        if (page.isSummarizing && summarized++ >= SummarizedAtOnce)
            continue;
        // Of a page that has grown, only what has come since it was read, unless more is wanted of what is here.
        if (page.isSummarizing && !m_cache.isSummarized(page.start))
            page.known = 0;
        m_wanted.removeOne(*start);
        taken.prepend(page);
    }
    return taken;
}

void EntryPages::readRequested()
{
    if (m_wanted.isEmpty()) {
        m_isReading = false;
        return;
    }
    const auto read = [wanted = takeWanted(), style = m_style](const CaptureReader &capture) {
        QList<Page> pages = wanted;
        for (Page &page : pages) {
            auto entries = capture.entries(page.start + page.known, int(EntryCache::PageSize - page.known));
            page.problem = entries.message();
            if (entries)
                page.entries = std::move(entries).value();
            if (page.isSummarizing) {
                EntrySummaries summaries =
                    summarize(capture, page.entries, *style->formats, style->fields, style->marks);
                page.summaries = std::move(summaries.entries);
                page.unfollowed = std::move(summaries.unfollowed);
            }
        }
        return pages;
    };
    m_loader.read(this, read, [this, last = m_last, style = m_style, times = m_timesFollowed](QList<Page> pages) {
        // They would say what was chosen before.
        if (style != m_style) {
            for (Page &page : pages)
                page.summaries.clear();
        }
        take(pages, last);
        // They were summed up before more was known, and arrive after that.
        const auto lacks = [](const Page &page) { return !page.unfollowed.isEmpty(); };
        if (times != m_timesFollowed && std::ranges::any_of(pages, lacks))
            outdateSummaries();
        readRequested();
    });
}

void EntryPages::outdateSummaries()
{
    m_cache.outdateSummaries();
    Q_EMIT summariesForgotten();
}

void EntryPages::follow(ConnectionId connection, EntryId last)
{
    // What was followed and is not known all the same is too much to be looked at for a row.
    const std::pair place(connection, last);
    if (m_following || m_followed.contains(place))
        return;
    if (m_followed.size() >= MaxFollowed)
        m_followed.clear();
    m_followed.insert(place);
    m_following = std::make_unique<CaptureJob>(m_loader.path());
    const auto work = [this, connection, last, formats = m_style->formats](const CaptureReader &capture, const JobContext &job) {
        const ConversationChoice choice = ConversationChoice::of(capture, connection, *formats);
        if (!choice.format)
            return;
        ConversationReader conversation(capture, connection, *choice.format, choice.subprotocol);
        const auto before = conversation.before(last, ConversationReader::Any, job.token());
        if (before && before.value()) {
            job.report([this] {
                ++m_timesFollowed;
                outdateSummaries();
            });
        }
    };
    m_following->start(work);
    // It may be what calls this.
    connect(m_following.get(), &CaptureJob::finished, this, [this] { m_following.release()->deleteLater(); });
}

void EntryPages::take(const QList<Page> &pages, EntryId last)
{
    for (const Page &page : pages) {
        if (!page.problem.isEmpty())
            Q_EMIT failed(page.problem);
        m_wanted.removeOne(page.start.value());
        if (page.known == 0)
            m_cache.insert(page.start, page.entries, page.summaries);
        else if (!m_cache.append(page.start, page.entries, page.summaries))
            continue;
        const qint64 expected = std::min<qint64>(EntryCache::PageSize, last - page.start + 1);
        if (expected > 0 && !m_cache.find(page.start + (expected - 1)))
            m_short.insert(page.start.value(), last);
    }
    for (const Page &page : pages) {
        for (auto lane = page.unfollowed.cbegin(); lane != page.unfollowed.cend(); ++lane)
            follow(lane.key(), lane.value());
        if (!page.entries.isEmpty())
            Q_EMIT arrived(page.start + page.known, page.start + (page.known + page.entries.size() - 1));
    }
}

} // namespace sockeye

#pragma once

#include "record/Annotation.h"
#include "filter/EntryQuery.h"

#include <QObject>

#include <functional>
#include <set>

namespace sockeye {

class Annotations;
class CaptureLoader;

/// Tells whether entries whose annotations have been edited match queries now. Annotations reach the file in the
/// background, and queries look at the file: an answer comes when the file has what the annotations have, which is
/// looked at when something was written.
class AnnotationMatcher final : public QObject
{
    Q_OBJECT

public:
    /// Beyond so many, searching anew is cheaper than asking for each.
    static constexpr qsizetype MaxChecked = 1000;

    struct Checked
    {
        /// What was asked.
        QList<EntryQuery> queries;
        /// The entries that are known now, and for each query those of them that match.
        QList<EntryId> entries;
        QList<QList<EntryId>> matches;
        /// Nothing is said of matches: the queries are to be asked anew.
        bool isTooMany = false;
    };

    explicit AnnotationMatcher(CaptureLoader &loader, QObject *parent = nullptr);
    ~AnnotationMatcher() override;

    /// Not owned; null for none.
    void setAnnotations(const Annotations *annotations);
    /// The queries that are of interest; asked when something was edited. `isReady` says of an entry whether an answer
    /// would be of use yet.
    void setQueries(std::function<QList<EntryQuery>()> queries, std::function<bool(EntryId)> isReady);
    void add(const QList<EntryId> &edited);
    /// isReady() may say something else of some entry than it did.
    void readinessChanged();
    void clear();

Q_SIGNALS:
    void checked(const sockeye::AnnotationMatcher::Checked &checked);

private:
    void ask();
    void take(const Checked &checked, const AnnotationMap &expected);

    CaptureLoader &m_loader;
    const Annotations *m_annotations = nullptr;
    std::function<QList<EntryQuery>()> m_queries;
    std::function<bool(EntryId)> m_isReady;
    std::set<EntryId> m_waiting;
    bool m_asking = false;
    /// Something happened since it was asked that may give another answer.
    bool m_again = false;
    /// Some of those that wait were not ready when it was asked.
    bool m_someNotReady = false;
};

} // namespace sockeye

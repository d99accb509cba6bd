#pragma once

#include "wire/Finding.h"

#include <QWidget>

namespace sockeye {

class FindingList;
class PageStack;
struct ConnectionDetails;
struct EntryDetails;

/// One page of the inspector: it shows entries or connections, or a line of text in place of its content. A page
/// belongs to one of the two subjects and overrides the function that shows it. It gets what else it needs, and makes
/// its requests, through the InspectorContext that it is constructed with. InspectorPages.cpp lists the pages.
class InspectorPage : public QWidget
{
    Q_OBJECT

public:
    enum class Subject : quint8 { Entry, Connection };

    ~InspectorPage() override;

    [[nodiscard]] Subject subject() const { return m_subject; }
    /// The label of the page's tab, which is its accessible name too.
    [[nodiscard]] QString title() const { return accessibleName(); }

    /// Shows the entry; does nothing on a page about connections.
    virtual void showEntry(const EntryDetails &details);
    /// Shows the connection; does nothing on a page about entries. Called again whenever the record may have changed.
    virtual void showConnection(const ConnectionDetails &details);
    /// Whether the page shows something in which the user can find.
    [[nodiscard]] virtual bool canFind() const { return false; }
    /// Shows on top of the page which rules the entry broke, as far as that concerns the page.
    void showFindings(const Findings &findings);
    /// Lets the user find something there. Called where canFind().
    virtual void find() {}
    /// What takes the focus on the page: the first thing in sight that one reads or chooses from; null for none.
    [[nodiscard]] QWidget *focusTarget() const;
    /// Shows the text in place of the content: nothing is chosen, or it could not be read.
    void showPlaceholder(const QString &text);

Q_SIGNALS:
    /// The page asks to be brought to the front.
    void raiseRequested();

protected:
    InspectorPage(Subject subject, const QString &title, QWidget *parent);

    /// What showContent() shows; called once, in the constructor.
    void setContent(QWidget *content);
    void showContent();
    /// Whether what an entry broke has to do with what the page shows.
    [[nodiscard]] virtual bool concerns(const Finding &finding) const;
    /// Called before a placeholder is shown: lets go of what the page holds of the entry or connection.
    virtual void clear();

private:
    Subject m_subject;
    FindingList *m_findings;
    PageStack *m_stack = nullptr;
};

} // namespace sockeye

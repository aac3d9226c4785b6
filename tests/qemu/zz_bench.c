#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/timer.h>
#include <linux/hrtimer.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/sort.h>
#include <asm/tsc.h>
#include "test.h"
#define N 200
static u64 v[N];
static int cmp(const void*a,const void*b){u64 x=*(u64*)a,y=*(u64*)b;return x<y?-1:x>y;}
static u64 med(void){ int i,j; for(i=1;i<N;i++){u64 t=v[i];for(j=i;j>0&&v[j-1]>t;j--)v[j]=v[j-1];v[j]=t;} (void)cmp; return v[N/2];}
#define M(name, setup, body) do { int i_; for(i_=0;i_<N;i_++){ u64 a_; setup; a_=rdtsc(); body; v[i_]=rdtsc()-a_; } test_note("BENCH %s %llu", name, med()); } while(0)
static u64 entry;
static void tl(struct tasklet_struct *t){ entry=rdtsc(); }
static DECLARE_TASKLET(tk, tl);
static void iw(struct irq_work *w){ entry=rdtsc(); }
static DEFINE_IRQ_WORK(wk, iw);
static struct timer_list t1;
static int fired;
static void tf(struct timer_list *t){ fired++; }
static enum hrtimer_restart hf(struct hrtimer *t){ return HRTIMER_NORESTART; }
static struct hrtimer h1;
static u64 ent[N];
TEST(zz, bench, "", "bench")
{
	int i, n=0; unsigned long later; struct timer_list *many; u64 a,b;
	M("empty", , );
	M("bh_dis_en", , local_bh_disable(); barrier(); local_bh_enable());
	M("irqsave", unsigned long f, local_irq_save(f); local_irq_restore(f));
	M("preempt", , preempt_disable(); preempt_enable());
	for(i=0;i<N;i++){ local_bh_disable(); a=rdtsc(); tasklet_schedule(&tk); local_bh_enable(); b=rdtsc(); v[i]=entry-a; ent[i]=b-a; }
	test_note("BENCH tasklet_bh entry %llu", med()); for(i=0;i<N;i++) v[i]=ent[i]; test_note("BENCH tasklet_bh whole %llu", med());
	for(i=0;i<N;i++){ local_bh_disable(); tasklet_schedule(&tk); a=rdtsc(); local_bh_enable(); b=rdtsc(); v[i]=b-a; }
	test_note("BENCH bh_enable pending %llu", med());
	for(i=0;i<N;i++){ a=rdtsc(); tasklet_schedule(&tk); while(test_bit(0,&tk.state)) cpu_relax(); v[i]=entry-a; }
	test_note("BENCH tasklet_task entry %llu", med());
	for(i=0;i<N;i++){ preempt_disable(); entry=0; a=rdtsc(); irq_work_queue(&wk); while(!READ_ONCE(entry)) cpu_relax(); b=rdtsc(); v[i]=entry-a; ent[i]=b-a; preempt_enable(); irq_work_sync(&wk);}
	test_note("BENCH irqwork entry %llu", med()); for(i=0;i<N;i++) v[i]=ent[i]; test_note("BENCH irqwork whole %llu", med());
	later=jiffies+1000*HZ;
	timer_setup(&t1, tf, 0);
	M("mod_timer add", del_timer(&t1), mod_timer(&t1, later+i_*100));
	M("mod_timer rearm", , mod_timer(&t1, later+i_*100000));
	M("mod_timer rearm same bucket", , mod_timer(&t1, later+i_));
	M("mod_timer add near", del_timer(&t1), mod_timer(&t1, jiffies+20));
	M("del_timer", mod_timer(&t1, later), del_timer(&t1));
	many = vzalloc(10000*sizeof(*many));
	for(i=0;i<10000;i++) timer_setup(&many[i], tf, 0);
	later=jiffies+40;
	a=rdtsc(); for(i=0;i<10000;i++) mod_timer(&many[i], later); b=rdtsc();
	test_note("BENCH 10000 arm each %llu", (b-a)/10000);
	local_bh_disable(); while(time_before(jiffies, later+2)) cpu_relax();
	fired=0; a=rdtsc(); local_bh_enable(); b=rdtsc();
	test_note("BENCH 10000 expire each %llu fired %d", (b-a)/10000, fired);
	for(i=0;i<10000;i++) del_timer_sync(&many[i]);
	hrtimer_init(&h1, CLOCK_MONOTONIC, HRTIMER_MODE_REL); h1.function=hf;
	M("hr far", hrtimer_cancel(&h1), hrtimer_start(&h1, ms_to_ktime(100000), HRTIMER_MODE_REL));
	M("hr near", hrtimer_cancel(&h1), hrtimer_start(&h1, ktime_set(0,500000), HRTIMER_MODE_REL));
	M("hr cancel", hrtimer_start(&h1, ms_to_ktime(100000), HRTIMER_MODE_REL), hrtimer_cancel(&h1));
	M("ktime_get", , ktime_get());
	M("sched_clock", , sched_clock());
	/* busy tick: largest gap in a tight loop */
	{ u64 prev, now, gap; unsigned long j=jiffies+20; i=0; prev=rdtsc();
	 while(time_before(jiffies,j) && i<N){ now=rdtsc(); gap=now-prev; if(gap>200) v[i++]=gap; prev=rdtsc(); (void)n; }
	 while(i<N) v[i++]=~0ULL>>1; { int k; for(k=0;k<24;k++) test_note("BENCH tick gap %llu", v[k]); } }
	vfree(many);
}
